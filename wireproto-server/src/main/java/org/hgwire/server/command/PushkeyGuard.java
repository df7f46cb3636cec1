// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command;

import java.io.IOException;
import org.hgwire.core.command.PushkeyRequest;

/**
 * Asked before {@code pushkey} changes a repository: a host's own rules. Called by several threads.
 */
@FunctionalInterface
public interface PushkeyGuard {
  /**
   * Returns if the change may be tried.
   *
   * @throws CommandException to refuse it, with the reason
   * @throws IOException if that cannot be found out; the client gets a server error
   */
  void check(PushkeyRequest request) throws IOException;
}
