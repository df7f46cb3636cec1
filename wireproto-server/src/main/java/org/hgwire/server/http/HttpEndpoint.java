// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import java.io.IOException;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.server.AccessDecision;
import org.hgwire.server.Authorization;
import org.hgwire.server.CommandExchange;
import org.hgwire.server.CommandScope;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.command.Caller;
import org.hgwire.server.command.Permission;
import org.hgwire.server.repository.Repository;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers HTTP requests: finds the repository and what is asked of it. Safe for use by several
 * threads.
 *
 * <p>Below the path of a repository it knows {@code ?cmd=capabilities} (the handshake), what
 * clients of version 1 ask for the sake of clone bundles, {@code api/} and {@code
 * api/exp-http-v2-0003/} (texts for people), and {@code api/exp-http-v2-0003/{ro,rw}/COMMAND} where
 * the command may be {@code multirequest}. Status codes are those of {@code hg serve} (5.6.1),
 * except that a protocol error is 400 (there it is 200).
 */
public final class HttpEndpoint implements HttpService {
  private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoint.class);
  private static final String API_SEGMENT = "api";
  private static final int MOST_SEGMENTS = 64;
  private static final int MOST_CANDIDATES = 4;

  private final ServerOptions options;
  private final Handshake handshake;
  private final TrustedProxies proxies;

  /** Makes an endpoint. */
  public HttpEndpoint(ServerOptions options) {
    this.options = options;
    this.handshake = new Handshake(options);
    this.proxies = new TrustedProxies(options.trustedProxies());
  }

  /** Looks up the repository, asks who may do what, and begins to answer. */
  @Override
  public HttpExchange open(RequestHead request) {
    HttpExchange exchange;
    try {
      exchange = route(request);
    } catch (IllegalArgumentException notATarget) {
      exchange = FixedExchange.text(400, notATarget.getMessage() + "\n");
    } catch (IOException | RuntimeException failure) {
      LOG.error("{} {} failed", request.method(), request.target(), failure);
      exchange = FixedExchange.text(500, "the server failed; its log says why\n");
    }
    boolean head = request.method().equals("HEAD");
    return head && exchange instanceof FixedExchange fixed ? fixed.withoutBody() : exchange;
  }

  private HttpExchange route(RequestHead request) throws IOException {
    RequestTarget target = RequestTarget.parse(request.target());
    if (target.segments().size() > MOST_SEGMENTS) {
      return FixedExchange.text(404, "there is no repository here\n");
    }
    String command = target.parameter("cmd");
    Located located = locate(request, target.segments());
    if (located == null) {
      return FixedExchange.text(404, "there is no repository here\n");
    }
    List<String> api = located.rest();
    if (api.isEmpty()) {
      return command == null ? aboutRepository() : version1(request, located, command);
    }
    return switch (api.size()) {
      case 1 -> listing();
      case 2 -> aboutApi(api.get(1));
      default -> api(request, located, api);
    };
  }

  /** A repository, and the segments of the path after its own, from {@code api} on. */
  private record Located(Repository repository, Authorization authorization, List<String> rest) {}

  private @Nullable Located locate(RequestHead request, List<String> segments) throws IOException {
    String host = request.fields().first("Host");
    // A repository's own path may hold a segment "api": the longest path that names one counts.
    int candidates = 0;
    for (int end = segments.size(); end >= 0 && candidates < MOST_CANDIDATES; end--) {
      if (end == segments.size() || segments.get(end).equals(API_SEGMENT)) {
        candidates++;
        String path = String.join("/", segments.subList(0, end));
        Repository repository = options.resolver().resolve(host == null ? "" : host, path);
        if (repository != null) {
          Caller caller =
              new Caller(
                  proxies.originOf(request),
                  host == null ? "" : host,
                  path,
                  request.fields().first("Authorization"));
          return new Located(
              repository,
              new Authorization(options.accessControl(), caller, repository),
              segments.subList(end, segments.size()));
        }
      }
    }
    return null;
  }

  private HttpExchange version1(RequestHead request, Located located, String command)
      throws IOException {
    if (request.method().equals("HEAD")) {
      return notAllowed("GET", "this needs a GET request\n");
    }
    FixedExchange denied = denied(located.authorization(), Permission.PULL);
    if (denied != null) {
      return denied;
    }
    if (!command.equals("capabilities")) {
      return handshake.otherCommand(
          request, command, located.authorization().caller(), located.repository());
    }
    return request.method().equals("GET")
        ? handshake.capabilities(request, located.authorization().caller(), located.repository())
        : notAllowed("GET", "capabilities need a GET request\n");
  }

  private static HttpExchange aboutRepository() {
    return FixedExchange.text(
        404,
        "a Mercurial repository is served here over the API "
            + HttpV2Api.NAME
            + "; there are no pages to browse\n");
  }

  private static HttpExchange listing() {
    return FixedExchange.text(
        200,
        "APIs can be accessed at /api/<name>, where <name> can be one of the following:\n\n"
            + HttpV2Api.NAME
            + "\n");
  }

  private static HttpExchange aboutApi(String name) {
    return name.equals(HttpV2Api.NAME)
        ? FixedExchange.text(200, "HTTP version 2 API handler")
        : unknownApi(name);
  }

  private static HttpExchange unknownApi(String name) {
    return FixedExchange.text(404, "Unknown API: " + name + "\nKnown APIs: " + HttpV2Api.NAME);
  }

  private HttpExchange api(RequestHead request, Located located, List<String> segments)
      throws IOException {
    if (!segments.get(1).equals(HttpV2Api.NAME)) {
      return unknownApi(segments.get(1));
    }
    if (segments.size() != 4) {
      return FixedExchange.text(404, "do not know how to process " + String.join("/", segments));
    }
    Permission granted;
    switch (segments.get(2)) {
      case HttpV2Api.READ_ONLY -> granted = Permission.PULL;
      case HttpV2Api.READ_WRITE -> granted = Permission.PUSH;
      default -> {
        return FixedExchange.text(404, "unknown permission: " + segments.get(2));
      }
    }
    if (!request.method().equals("POST")) {
      return notAllowed("POST", "commands require POST requests");
    }
    FixedExchange denied = denied(located.authorization(), granted);
    if (denied != null) {
      return denied;
    }
    String command = segments.get(3);
    ByteString only = command.equals(HttpV2Api.MULTIREQUEST) ? null : ByteString.utf8(command);
    if (only != null && options.registry().find(only) == null) {
      return FixedExchange.text(404, "unknown wire protocol command: " + command);
    }
    if (!HttpV2Api.FRAMING_MEDIA_TYPE.equals(request.fields().first("Accept"))) {
      return FixedExchange.text(
          406,
          "client MUST specify Accept header with value: " + HttpV2Api.FRAMING_MEDIA_TYPE + "\n");
    }
    if (!HttpV2Api.FRAMING_MEDIA_TYPE.equals(request.fields().first("Content-Type"))) {
      return FixedExchange.text(
          415,
          "client MUST send Content-Type header with value: "
              + HttpV2Api.FRAMING_MEDIA_TYPE
              + "\n");
    }
    return new FramedExchange(
        new CommandExchange(options, located.authorization(), new CommandScope(granted, only)));
  }

  private static @Nullable FixedExchange denied(Authorization authorization, Permission permission)
      throws IOException {
    AccessDecision decision = authorization.decide(permission);
    if (decision instanceof AccessDecision.Allowed) {
      return null;
    }
    HttpFields fields = HttpFields.of("Content-Type", "text/plain");
    if (decision instanceof AccessDecision.AuthenticationRequired needed) {
      return FixedExchange.text(
          401, fields.with("WWW-Authenticate", needed.challenge()), "permission denied");
    }
    return FixedExchange.text(403, fields, "permission denied");
  }

  private static FixedExchange notAllowed(String allowed, String text) {
    return FixedExchange.text(
        405, HttpFields.of("Content-Type", "text/plain").with("Allow", allowed), text);
  }
}
