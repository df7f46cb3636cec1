// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.version1;

import java.io.IOException;
import org.hgwire.server.CommandRegistry;

/** A command of version 1. Safe for use by several threads. */
interface Version1Command {
  /** Returns whether a server with these commands offers this one. */
  boolean isOfferedBy(CommandRegistry registry);

  /**
   * Begins a call.
   *
   * @throws MalformedArgumentsException if the arguments are malformed
   * @throws org.hgwire.server.command.CommandException to refuse the call
   * @throws IOException if the repository cannot be read
   */
  Version1Call open(Version1Session session, Version1Arguments arguments) throws IOException;

  /** Returns the response to a call that is refused. */
  default Version1Response refused(String reason) {
    return new Version1Response.Refused(reason);
  }
}
