// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.io.IOException;
import java.util.function.Supplier;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.encoding.ContentEncoding;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.server.command.CommandCall;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.CommandException;
import org.hgwire.server.command.DataCommand;
import org.hgwire.server.command.Permission;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a response of each request of an exchange: checks that the URL accepts it, that there is
 * such a command, that the caller may run it and that its arguments are right, asks the cacher, and
 * runs the command. A refusal becomes the response to that request; only what the URL does not
 * accept fails the exchange.
 */
final class CommandDispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(CommandDispatcher.class);

  private final CommandRegistry registry;
  private final ResponseCacher cacher;
  private final CommandAccess access;
  private final CommandScope scope;
  private final Supplier<@Nullable ContentEncoding> encoding;
  private final long maxIgnoredBytes;
  private boolean anyBefore;

  /**
   * @param encoding tells the content encoding with which responses are sent, or null if none
   */
  CommandDispatcher(
      ServerOptions options,
      Authorization authorization,
      CommandScope scope,
      Supplier<@Nullable ContentEncoding> encoding) {
    this.registry = options.registry();
    this.cacher = options.cacher();
    this.maxIgnoredBytes = options.limits().of(WireLimit.MAX_COMMAND_DATA);
    this.access = new CommandAccess(registry, authorization, scope);
    this.scope = scope;
    this.encoding = encoding;
  }

  /** Returns the name of a request's command, or {@link CommandReport#UNKNOWN}. */
  String nameOf(CommandRequest request) {
    CommandDefinition definition = registry.find(request.name());
    return definition == null ? CommandReport.UNKNOWN : definition.name();
  }

  /**
   * Returns the response to a request without data.
   *
   * @throws WireProtocolException if the URL does not accept it
   */
  PendingResponse dispatch(CommandRequest request) {
    requireInScope(request.name());
    CommandDefinition definition;
    CommandCall call;
    try {
      definition = permitted(request.name());
      call = access.call(definition, request.arguments());
    } catch (RuntimeException refused) {
      return PendingResponse.failing(refused);
    } catch (IOException failure) {
      return PendingResponse.failing(failure);
    }
    DataCommand dataCommand = definition.dataCommand();
    if (dataCommand != null) {
      return new DataIntake(definition.name(), 0, () -> dataCommand.open(call));
    }
    CacheableCall cacheable =
        new CacheableCall(definition, call, request.redirect(), encoding.get());
    return definition.permission() == Permission.PULL
        ? () -> cachedOrRun(cacheable)
        : () -> new ResponseOrigin.Inline(cacheable.run());
  }

  /**
   * Returns what receives the data of a request, and then is its response.
   *
   * @throws WireProtocolException if the URL does not accept the request
   */
  DataIntake dispatchWithData(CommandRequest request) {
    requireInScope(request.name());
    CommandDefinition definition;
    DataCommand command;
    CommandCall call;
    try {
      definition = permitted(request.name());
      command = definition.dataCommand();
      if (command == null) {
        throw new CommandException("the command " + definition.name() + " accepts no data");
      }
      call = access.call(definition, request.arguments());
    } catch (RuntimeException refused) {
      return ignoringData(
          request,
          () -> {
            throw refused;
          });
    } catch (IOException failure) {
      return ignoringData(
          request,
          () -> {
            throw failure;
          });
    }
    return new DataIntake(definition.name(), definition.maxDataBytes(), () -> command.open(call));
  }

  private DataIntake ignoringData(CommandRequest request, DataIntake.Opening failing) {
    return new DataIntake(nameOf(request), maxIgnoredBytes, failing);
  }

  private void requireInScope(ByteString name) {
    ByteString only = scope.onlyCommand();
    if (only != null && anyBefore) {
      throw WireProtocolException.connection(
          WireErrorCode.BAD_REQUEST, "multiple commands cannot be issued to this URL");
    }
    if (only != null && !only.equals(name)) {
      throw WireProtocolException.connection(
          WireErrorCode.BAD_REQUEST, "command in frame must match command in URL");
    }
    anyBefore = true;
  }

  private CommandDefinition permitted(ByteString name) throws IOException {
    CommandAccess.Result result = access.find(name);
    if (result instanceof CommandAccess.Result.Permitted permitted) {
      return permitted.definition();
    }
    throw new CommandException(((CommandAccess.Result.Refused) result).reason());
  }

  private ResponseOrigin cachedOrRun(CacheableCall call) throws IOException {
    ResponseOrigin origin = askCacher(call);
    if (origin == null) {
      return new ResponseOrigin.Inline(call.run());
    }
    // wireprotocolrpc, Content Redirects: "A *redirect response* MUST NOT be issued unless the
    // client advertises support for one."
    if (origin instanceof ResponseOrigin.Redirected redirected
        && !call.offers(redirected.target())) {
      LOG.warn(
          "the cacher redirects {} to {}, which the client did not offer; the command is run",
          call.command().name(),
          redirected.target().excerpt());
      return new ResponseOrigin.Inline(call.run());
    }
    return origin;
  }

  private @Nullable ResponseOrigin askCacher(CacheableCall call) {
    try {
      return cacher.originOf(call);
    } catch (CommandException | WireProtocolException refusedByTheCommand) {
      throw refusedByTheCommand;
    } catch (IOException | RuntimeException failure) {
      LOG.warn("the cacher failed for {}; the command is run", call.command().name(), failure);
      return null;
    }
  }
}
