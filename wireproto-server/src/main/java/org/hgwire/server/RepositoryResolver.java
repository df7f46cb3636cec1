// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.io.IOException;
import java.util.Map;
import org.hgwire.server.command.Caller;
import org.hgwire.server.repository.Repository;

/**
 * Finds the repository that a URL names. Called by several threads at once, never by one that must
 * not block.
 */
@FunctionalInterface
public interface RepositoryResolver {
  /**
   * Finds the repository at the {@linkplain Caller#path path} and {@linkplain Caller#host host}
   * that a caller asked for. Called up to four times per request, because a repository's path may
   * contain a segment {@code api}: with the longest path first, until the result is another one
   * than {@link RepositoryResolution#notFound}.
   *
   * @throws IOException if the repository cannot be looked up; the caller gets a server error
   */
  RepositoryResolution resolve(Caller caller) throws IOException;

  /** Returns a resolver that knows one repository, at the root of any host. */
  static RepositoryResolver atRoot(Repository repository) {
    return byPath(Map.of("", repository));
  }

  /**
   * Returns a resolver that knows these repositories by path, on any host.
   *
   * @param repositories the repositories by path, without a slash at either end
   */
  static RepositoryResolver byPath(Map<String, ? extends Repository> repositories) {
    Map<String, Repository> copy = Map.copyOf(repositories);
    return caller -> {
      Repository repository = copy.get(caller.path());
      return repository == null
          ? RepositoryResolution.notFound()
          : RepositoryResolution.found(repository);
    };
  }
}
