// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import org.hgwire.core.ByteString;
import org.hgwire.server.command.Permission;
import org.jspecify.annotations.Nullable;

/**
 * Which commands a URL takes.
 *
 * @param granted the permission the URL grants: a command that needs more is refused, whoever asks
 * @param onlyCommand the one command that may be called, once; null for any number of any
 */
public record CommandScope(Permission granted, @Nullable ByteString onlyCommand) {
  /** Returns whether a command that needs {@code needed} may run here. */
  public boolean grants(Permission needed) {
    return needed.compareTo(granted) <= 0;
  }
}
