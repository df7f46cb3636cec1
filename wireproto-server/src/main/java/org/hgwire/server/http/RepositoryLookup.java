// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.hgwire.server.RepositoryResolution;
import org.hgwire.server.RequestEvents;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.command.Caller;
import org.hgwire.server.repository.Repository;

/** Finds the repository that a request is about. Safe for use by several threads. */
final class RepositoryLookup {
  static final String API_SEGMENT = "api";

  /** Paths with more segments name no repository. It bounds work, so it is no WireLimit. */
  private static final int MAX_SEGMENTS = 64;

  /** At most this many paths are looked up per request. It bounds work, so it is no WireLimit. */
  private static final int MAX_CANDIDATES = 4;

  private final ServerOptions options;
  private final TrustedProxies proxies;

  RepositoryLookup(ServerOptions options) {
    this.options = options;
    this.proxies = new TrustedProxies(options.trustedProxies());
  }

  /** The result of a lookup. */
  sealed interface Result {
    /** A repository, and the segments of the path after its own, from {@code api} on. */
    record Located(Repository repository, Caller caller, List<String> rest) implements Result {}

    /** The response if there is no repository for the caller. */
    record Elsewhere(FixedExchange response) implements Result {
      /** Returns whether there is none, rather than none that the caller may see. */
      boolean isAbsent() {
        return response.responseHead().status() == 404;
      }
    }
  }

  /**
   * Finds the repository of a request.
   *
   * @throws IOException if the resolver fails
   * @throws MalformedTargetException if the query does not fit into a redirect
   */
  Result find(RequestHead request, RequestTarget target, RequestEvents events) throws IOException {
    List<String> segments = target.segments();
    if (segments.size() > MAX_SEGMENTS) {
      return absent();
    }
    Caller anywhere = caller(request);
    // A repository's own path may have a segment "api": the longest path that names one counts.
    int candidates = 0;
    for (int end = segments.size(); end >= 0 && candidates < MAX_CANDIDATES; end--) {
      if (end == segments.size() || segments.get(end).equals(API_SEGMENT)) {
        candidates++;
        Caller caller = anywhere.withPath(String.join("/", segments.subList(0, end)));
        events.lookingUp(caller);
        RepositoryResolution resolution = options.resolver().resolve(caller);
        if (!(resolution instanceof RepositoryResolution.NotFound)) {
          return resolution.accept(
              new Conversion(request, target, caller, segments.subList(end, segments.size())));
        }
      }
    }
    return absent();
  }

  /** Returns the caller of a request before its repository is known. */
  Caller caller(RequestHead request) {
    String host = request.fields().first("Host");
    return new Caller(
        proxies.originOf(request),
        host == null ? "" : host,
        "",
        request.fields().byName(),
        request.principal(),
        request.attributes());
  }

  private static Result absent() {
    return new Result.Elsewhere(FixedExchange.text(404, "there is no repository here\n"));
  }

  /** Converts the result of the resolver for one path. */
  private record Conversion(
      RequestHead request, RequestTarget target, Caller caller, List<String> rest)
      implements RepositoryResolution.Visitor<Result> {
    @Override
    public Result visitFound(RepositoryResolution.Found found) {
      return new Result.Located(found.repository(), caller, rest);
    }

    @Override
    public Result visitNotFound(RepositoryResolution.NotFound notFound) {
      return absent();
    }

    @Override
    public Result visitRefused(RepositoryResolution.Refused refused) {
      return new Result.Elsewhere(FixedExchange.refused());
    }

    @Override
    public Result visitAuthenticationRequired(
        RepositoryResolution.AuthenticationRequired required) {
      return new Result.Elsewhere(FixedExchange.authenticationRequired(required.challenge()));
    }

    /** RFC 9110, 15.4: 308 keeps the method of a POST, which 301 may change to GET. */
    @Override
    public Result visitMoved(RepositoryResolution.Moved moved) {
      return new Result.Elsewhere(
          FixedExchange.text(
              request.isRead() ? 301 : 308,
              HttpFields.of("Content-Type", "text/plain").with("Location", location(moved.url())),
              "the repository has moved\n"));
    }

    private String location(URI url) {
      if (target.query().chars().anyMatch(c -> c <= 0x20 || c >= 0x7f)) {
        throw new MalformedTargetException("the request target is not printable ASCII");
      }
      StringBuilder location = new StringBuilder(url.toASCIIString());
      if (!rest.isEmpty()) {
        if (location.charAt(location.length() - 1) == '/') {
          location.setLength(location.length() - 1);
        }
        location.append(encoded("/" + String.join("/", rest)));
      }
      return target.query().isEmpty()
          ? location.toString()
          : location.append('?').append(target.query()).toString();
    }

    private static String encoded(String path) {
      try {
        return new URI(null, null, path, null).toASCIIString();
      } catch (URISyntaxException e) {
        throw new MalformedTargetException("the request target cannot be redirected", e);
      }
    }
  }
}
