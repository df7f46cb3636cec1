// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command;

import java.io.IOException;
import org.hgwire.core.command.PushkeyRequest;

/**
 * The host's own rules for {@code pushkey}, checked before it changes a repository. Called by
 * several threads at once.
 */
@FunctionalInterface
public interface PushkeyGuard {
  /**
   * Checks a change, and returns if it may be attempted.
   *
   * @throws CommandException to refuse it, with the reason for the client
   * @throws IOException if the check fails; the client gets a server error
   */
  void check(PushkeyRequest request) throws IOException;
}
