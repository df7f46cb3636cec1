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
import org.hgwire.server.command.Permission;
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
  private static final String CAPABILITIES = "capabilities";

  private final ServerOptions options;
  private final RepositoryLookup lookup;
  private final Handshake handshake;

  /** Makes an endpoint. */
  public HttpEndpoint(ServerOptions options) {
    this.options = options;
    this.lookup = new RepositoryLookup(options);
    this.handshake = new Handshake(options);
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
    String command = target.parameter("cmd");
    RepositoryLookup.Result result = lookup.find(request, target);
    if (result instanceof RepositoryLookup.Result.Elsewhere elsewhere) {
      return elsewhere.response();
    }
    RepositoryLookup.Result.Located located = (RepositoryLookup.Result.Located) result;
    Authorization authorization =
        new Authorization(options.accessControl(), located.caller(), located.repository());
    List<String> api = located.rest();
    if (api.isEmpty()) {
      return command == null
          ? ApiPages.aboutRepository()
          : version1(request, authorization, command);
    }
    return switch (api.size()) {
      case 1 -> ApiPages.listing();
      case 2 -> ApiPages.aboutApi(api.get(1));
      default -> api(request, authorization, api);
    };
  }

  private HttpExchange version1(RequestHead request, Authorization authorization, String command)
      throws IOException {
    if (request.method().equals("HEAD")) {
      return ApiPages.notAllowed("GET", "this needs a GET request\n");
    }
    FixedExchange denied = denied(authorization, Permission.PULL, command);
    if (denied != null) {
      return denied;
    }
    if (!command.equals(CAPABILITIES)) {
      return handshake.otherCommand(
          request, command, authorization.caller(), authorization.repository());
    }
    return request.method().equals("GET")
        ? handshake.capabilities(request, authorization.caller(), authorization.repository())
        : ApiPages.notAllowed("GET", "capabilities need a GET request\n");
  }

  private HttpExchange api(RequestHead request, Authorization authorization, List<String> segments)
      throws IOException {
    if (!segments.get(1).equals(HttpV2Api.NAME)) {
      return ApiPages.unknownApi(segments.get(1));
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
      return ApiPages.notAllowed("POST", "commands require POST requests");
    }
    String command = segments.get(3);
    FixedExchange denied = denied(authorization, granted, command);
    if (denied != null) {
      return denied;
    }
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
        new CommandExchange(options, authorization, new CommandScope(granted, only)));
  }

  private static @Nullable FixedExchange denied(
      Authorization authorization, Permission permission, String command) throws IOException {
    AccessDecision decision = authorization.decide(permission, command);
    if (decision instanceof AccessDecision.Allowed) {
      return null;
    }
    return decision instanceof AccessDecision.AuthenticationRequired required
        ? FixedExchange.authenticationRequired(required.challenge())
        : FixedExchange.refused();
  }
}
