// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import org.hgwire.server.command.Caller;
import org.hgwire.server.command.ClientConnection;

/** Callers for tests. */
public final class Callers {
  /** A caller of which nothing is known. */
  public static final Caller ANYBODY = Caller.of(ClientConnection.UNKNOWN, "", "");

  private Callers() {}
}
