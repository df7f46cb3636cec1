// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import org.hgwire.core.ByteString;
import org.hgwire.server.command.Permission;
import org.jspecify.annotations.Nullable;

/**
 * The commands that a URL accepts.
 *
 * @param granted the permission that the URL grants: a command that needs more is refused to every
 *     caller
 * @param onlyCommand the one command that may be called, once; null for any number of any commands
 */
public record CommandScope(Permission granted, @Nullable ByteString onlyCommand) {
  /** Returns the scope of a URL that accepts any number of any commands. */
  public static CommandScope anyCommands(Permission granted) {
    return new CommandScope(granted, null);
  }

  /** Returns the scope of a URL that accepts one call of one command. */
  public static CommandScope oneCommand(Permission granted, ByteString command) {
    return new CommandScope(granted, command);
  }

  /** Returns whether a command that needs {@code needed} may run here. */
  public boolean grants(Permission needed) {
    return needed.compareTo(granted) <= 0;
  }
}
