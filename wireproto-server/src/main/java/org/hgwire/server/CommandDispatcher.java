// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.io.IOException;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.server.command.CommandCall;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.CommandException;
import org.hgwire.server.command.DataCommand;
import org.hgwire.server.command.Permission;

/**
 * Decides of each request of an exchange by itself whether it is run: is it one that the URL takes,
 * is there such a command, may the caller run it, are its arguments right. What is refused becomes
 * the answer to that request; only what the URL does not take fails the exchange.
 */
final class CommandDispatcher {
  private final CommandRegistry registry;
  private final ResponseCacher cacher;
  private final Authorization authorization;
  private final CommandScope scope;
  private final long mostPassedOver;
  private boolean anyBefore;

  CommandDispatcher(ServerOptions options, Authorization authorization, CommandScope scope) {
    this.registry = options.registry();
    this.cacher = options.cacher();
    this.mostPassedOver = options.limits().of(WireLimit.MAX_COMMAND_DATA);
    this.authorization = authorization;
    this.scope = scope;
  }

  /** Returns the answer to a request whose content is not that of a request. */
  PendingResponse malformed(WireProtocolException fault) {
    return refusal(fault);
  }

  /**
   * Returns the answer to a request without data.
   *
   * @throws WireProtocolException if the URL does not take it
   */
  PendingResponse admit(CommandRequest request) {
    requireInScope(request.name());
    CommandDefinition definition;
    CommandCall call;
    try {
      definition = permitted(request.name());
      call = callOf(definition, request);
    } catch (RuntimeException refused) {
      return refusal(refused);
    } catch (IOException failure) {
      return failure(failure);
    }
    DataCommand dataCommand = definition.dataCommand();
    if (dataCommand != null) {
      return new DataIntake(request.name(), 0, () -> dataCommand.open(call));
    }
    CacheableCall cacheable = new CacheableCall(definition, call, request.redirect());
    return definition.permission() == Permission.PULL
        ? new CacheableAnswer(cacher, cacheable)
        : () -> new ResponseOrigin.Inline(cacheable.run());
  }

  /**
   * Returns what takes the data of a request, and then is its answer.
   *
   * @throws WireProtocolException if the URL does not take the request
   */
  DataIntake admitWithData(CommandRequest request) {
    requireInScope(request.name());
    CommandDefinition definition;
    DataCommand command;
    CommandCall call;
    try {
      definition = permitted(request.name());
      command = definition.dataCommand();
      if (command == null) {
        throw new CommandException("the command " + definition.name() + " takes no data");
      }
      call = callOf(definition, request);
    } catch (RuntimeException refused) {
      return passingOver(
          request,
          () -> {
            throw refused;
          });
    } catch (IOException failure) {
      return passingOver(
          request,
          () -> {
            throw failure;
          });
    }
    return new DataIntake(request.name(), definition.maxDataBytes(), () -> command.open(call));
  }

  private CommandCall callOf(CommandDefinition definition, CommandRequest request) {
    return new CommandCall(
        authorization.caller(), authorization.repository(), definition.check(request.arguments()));
  }

  private DataIntake passingOver(CommandRequest request, DataIntake.Opening failing) {
    return new DataIntake(request.name(), mostPassedOver, failing);
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
    CommandDefinition definition = registry.find(name);
    if (definition == null) {
      throw new CommandException("unknown wire protocol command: " + name.excerpt());
    }
    Permission needed = definition.permission();
    if (needed == null) {
      throw new CommandException("permission denied: " + name + " may be run by nobody");
    }
    if (!scope.grants(needed)) {
      throw new CommandException(
          "permission denied: " + name + " needs a URL that grants " + needed.wireName());
    }
    if (!(authorization.decide(needed, definition.name()) instanceof AccessDecision.Allowed)) {
      throw new CommandException("permission denied: you may not run " + name);
    }
    return definition;
  }

  private static PendingResponse refusal(RuntimeException refused) {
    return () -> {
      throw refused;
    };
  }

  private static PendingResponse failure(IOException failure) {
    return () -> {
      throw failure;
    };
  }
}
