// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.io.IOException;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.server.command.CommandCall;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.CommandException;
import org.hgwire.server.command.Permission;
import org.jspecify.annotations.Nullable;

/**
 * The commands that one caller may run in one repository during one request, in either version of
 * the protocol.
 *
 * <p>Not safe for use by several threads.
 */
public final class CommandAccess {
  private final CommandRegistry registry;
  private final Authorization authorization;
  private final CommandScope scope;

  /** The result of a lookup. */
  public sealed interface Result {
    /**
     * The caller may run the command.
     *
     * @param definition the command
     */
    record Permitted(CommandDefinition definition) implements Result {}

    /**
     * The caller may not run the command, has to authenticate first, or there is no such command.
     *
     * @param reason one sentence for the client
     * @param decision what the access control decided; null if there is no such command
     */
    record Refused(String reason, @Nullable AccessDecision decision) implements Result {}
  }

  /**
   * Makes the access of a caller.
   *
   * @param scope the permission that the request grants; the one command is not looked at
   */
  public CommandAccess(CommandRegistry registry, Authorization authorization, CommandScope scope) {
    this.registry = registry;
    this.authorization = authorization;
    this.scope = scope;
  }

  /**
   * Finds a command of the registry and decides whether the caller may run it.
   *
   * @throws IOException if the decision cannot be made
   */
  public Result find(ByteString name) throws IOException {
    CommandDefinition definition = registry.find(name);
    if (definition == null) {
      return new Result.Refused("unknown wire protocol command: " + name.excerpt(), null);
    }
    Permission needed = definition.permission();
    if (needed == null) {
      return new Result.Refused(
          "permission denied: nobody may run " + name, AccessDecision.refused());
    }
    if (!scope.grants(needed)) {
      return new Result.Refused(
          "permission denied: " + name + " needs a URL that grants " + needed.wireName(),
          AccessDecision.refused());
    }
    AccessDecision decision = authorization.decide(needed, definition.name());
    return decision instanceof AccessDecision.Allowed
        ? new Result.Permitted(definition)
        : new Result.Refused("permission denied: you may not run " + name, decision);
  }

  /**
   * Returns the call of a command that {@link #find} permitted.
   *
   * @throws CommandException if the arguments are not those that the command declares
   */
  public CommandCall call(CommandDefinition definition, CborMap arguments) {
    return new CommandCall(
        authorization.caller(), authorization.repository(), definition.check(arguments));
  }
}
