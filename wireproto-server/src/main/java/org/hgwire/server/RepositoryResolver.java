// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.io.IOException;
import java.util.Map;
import org.hgwire.server.repository.Repository;
import org.jspecify.annotations.Nullable;

/**
 * Finds the repository that a URL names. Called by several threads at once, never by one that must
 * not block.
 */
@FunctionalInterface
public interface RepositoryResolver {
  /**
   * Returns the repository, or null if there is none.
   *
   * @param host the host that the client asked for, with its port if it gave one; empty if it gave
   *     none. It is what the client says
   * @param path the part of the URL's path that comes before the protocol's own, percent-decoded,
   *     without a slash at either end; empty for a repository at the root. It holds no empty
   *     segment, no {@code .} and no {@code ..}
   * @throws IOException if that cannot be found out
   */
  @Nullable Repository resolve(String host, String path) throws IOException;

  /** Returns a resolver that knows one repository, at the root of any host. */
  static RepositoryResolver atRoot(Repository repository) {
    return (host, path) -> path.isEmpty() ? repository : null;
  }

  /** Returns a resolver that knows these repositories by path, on any host. */
  static RepositoryResolver byPath(Map<String, ? extends Repository> repositories) {
    Map<String, Repository> copy = Map.copyOf(repositories);
    return (host, path) -> copy.get(path);
  }
}
