// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import java.io.IOException;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.PeerText;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.server.AccessDecision;
import org.hgwire.server.Authorization;
import org.hgwire.server.CommandExchange;
import org.hgwire.server.CommandScope;
import org.hgwire.server.RequestEvents;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.command.Permission;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The protocol over HTTP: finds the repository of a request, and responds to what the request wants
 * of it. Safe for use by several threads.
 *
 * <p>Below the path of a repository there are {@code ?cmd=capabilities} (the handshake) and the
 * other commands of version 1, {@code api/} and {@code api/exp-http-v2-0003/} (texts for people),
 * and {@code api/exp-http-v2-0003/{ro,rw}/COMMAND} where the command of version 2 may be {@code
 * multirequest}. Status codes are those of {@code hg serve} (5.6.1), except that a protocol error
 * is 400 (there it is 200).
 */
public final class HttpEndpoint implements HttpService {
  private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoint.class);

  private final ServerOptions options;
  private final RepositoryLookup lookup;
  private final Version1 version1;

  /** Makes an endpoint. */
  public HttpEndpoint(ServerOptions options) {
    this.options = options;
    this.lookup = new RepositoryLookup(options);
    this.version1 = new Version1(options);
  }

  /** Looks up the repository, decides what the caller may do, and begins to respond. */
  @Override
  public HttpExchange open(RequestHead request) {
    RequestEvents events =
        RequestEvents.begin(
            options.listener(), request.method(), path(request.target()), lookup.caller(request));
    HttpExchange exchange = respond(request, events);
    if (exchange instanceof FixedExchange fixed) {
      report(fixed, events);
    }
    if (request.method().equals("HEAD")) {
      exchange =
          exchange instanceof FixedExchange fixed
              ? fixed.withoutBody()
              : new HeadExchange(exchange);
    }
    return events.isSilent() ? exchange : new ObservedExchange(exchange, events);
  }

  private HttpExchange respond(RequestHead request, RequestEvents events) {
    try {
      return route(request, events);
    } catch (MalformedTargetException malformed) {
      return FixedExchange.text(400, malformed.getMessage() + "\n");
    } catch (IOException | RuntimeException failure) {
      LOG.error("{} {} failed", request.method(), PeerText.excerpt(request.target()), failure);
      events.failed(failure);
      return FixedExchange.failed();
    }
  }

  private static void report(FixedExchange response, RequestEvents events) {
    int status = response.responseHead().status();
    if (status >= 400 && status < 500) {
      events.refused(response.text().strip());
    } else if (status >= 300 && status < 400) {
      events.redirected();
    }
  }

  private static String path(String target) {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  private HttpExchange route(RequestHead request, RequestEvents events) throws IOException {
    RequestTarget target = RequestTarget.parse(request.target());
    String command = target.parameter("cmd");
    RepositoryLookup.Result result = lookup.find(request, target, events);
    if (result instanceof RepositoryLookup.Result.Elsewhere elsewhere) {
      boolean root = target.segments().isEmpty() && command == null && request.isRead();
      return root && elsewhere.isAbsent() ? ApiPages.aboutServer() : elsewhere.response();
    }
    events.found();
    RepositoryLookup.Result.Located located = (RepositoryLookup.Result.Located) result;
    Authorization authorization =
        new Authorization(options.accessControl(), located.caller(), located.repository());
    List<String> api = located.rest();
    if (api.isEmpty()) {
      return command == null
          ? ApiPages.aboutRepository(request)
          : version1(request, authorization, command, events);
    }
    return switch (api.size()) {
      case 1 -> ApiPages.listing();
      case 2 -> ApiPages.aboutApi(api.get(1));
      default -> api(request, authorization, api, events);
    };
  }

  private HttpExchange version1(
      RequestHead request, Authorization authorization, String command, RequestEvents events)
      throws IOException {
    FixedExchange denied = denied(authorization, Permission.PULL, command);
    if (denied != null) {
      return denied;
    }
    return version1.respond(request, command, authorization, events);
  }

  private HttpExchange api(
      RequestHead request, Authorization authorization, List<String> segments, RequestEvents events)
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
    CommandScope scope =
        command.equals(HttpV2Api.MULTIREQUEST)
            ? CommandScope.anyCommands(granted)
            : CommandScope.oneCommand(granted, ByteString.utf8(command));
    if (scope.onlyCommand() != null && options.registry().find(scope.onlyCommand()) == null) {
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
    return new FramedExchange(new CommandExchange(options, authorization, scope, events));
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
