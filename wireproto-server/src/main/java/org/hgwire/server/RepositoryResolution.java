// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.net.URI;
import java.util.Locale;
import org.hgwire.redirects.UrlAuthority;
import org.hgwire.server.repository.Repository;

/** The result of a {@link RepositoryResolver}. */
public sealed interface RepositoryResolution {
  /**
   * The repository exists; {@link AccessControl} decides what the caller may do in it.
   *
   * @param repository the repository
   */
  record Found(Repository repository) implements RepositoryResolution {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.visitFound(this);
    }
  }

  /** The repository does not exist (404). */
  record NotFound() implements RepositoryResolution {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.visitNotFound(this);
    }
  }

  /** The caller may not use the repository, or learn whether there is one (403). */
  record Refused() implements RepositoryResolution {
    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.visitRefused(this);
    }
  }

  /**
   * The caller has to authenticate first (401).
   *
   * @param challenge the value of the WWW-Authenticate header, such as {@code Basic realm="hg"}
   */
  record AuthenticationRequired(String challenge) implements RepositoryResolution {
    /** Refuses a challenge that does not fit into a header. */
    public AuthenticationRequired {
      Challenges.check(challenge);
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.visitAuthenticationRequired(this);
    }
  }

  /**
   * The repository is at another URL: the caller is redirected to the same API and command there,
   * with status 301 for GET and HEAD, and 308 otherwise.
   *
   * @param url the URL of the repository
   */
  record Moved(URI url) implements RepositoryResolution {
    /** Refuses a URL that cannot be that of a repository. */
    public Moved {
      String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
      if (!(scheme.equals("http") || scheme.equals("https"))
          || !UrlAuthority.isWithoutUserInfo(url)
          || url.getQuery() != null
          || url.getFragment() != null) {
        throw new IllegalArgumentException(
            "the URL of a repository is an http or https URL with a host and without user info,"
                + " query and fragment");
      }
    }

    @Override
    public <T> T accept(Visitor<T> visitor) {
      return visitor.visitMoved(this);
    }
  }

  /**
   * One method for each kind of result.
   *
   * @param <T> what the methods return
   */
  interface Visitor<T> {
    /** Visits a repository. */
    T visitFound(Found found);

    /** Visits the absence of a repository. */
    T visitNotFound(NotFound notFound);

    /** Visits a refusal. */
    T visitRefused(Refused refused);

    /** Visits a demand for authentication. */
    T visitAuthenticationRequired(AuthenticationRequired required);

    /** Visits another URL. */
    T visitMoved(Moved moved);
  }

  /** Calls the method of {@code visitor} for this kind of result. */
  <T> T accept(Visitor<T> visitor);

  /** Returns that the repository exists. */
  static RepositoryResolution found(Repository repository) {
    return new Found(repository);
  }

  /** Returns that the repository does not exist. */
  static RepositoryResolution notFound() {
    return new NotFound();
  }

  /** Returns that the caller may not use the repository. */
  static RepositoryResolution refused() {
    return new Refused();
  }

  /**
   * Returns that the caller has to authenticate.
   *
   * @param challenge the value of the WWW-Authenticate header
   */
  static RepositoryResolution authenticationRequired(String challenge) {
    return new AuthenticationRequired(challenge);
  }

  /** Returns that the caller has to give a user name and a password for {@code realm}. */
  static RepositoryResolution passwordRequired(String realm) {
    return new AuthenticationRequired(Challenges.basic(realm));
  }

  /** Returns that the repository has moved to {@code url}. */
  static RepositoryResolution moved(URI url) {
    return new Moved(url);
  }
}
