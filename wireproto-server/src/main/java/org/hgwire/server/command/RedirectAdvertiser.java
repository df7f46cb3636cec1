// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command;

import java.io.IOException;
import org.hgwire.core.command.RedirectCapabilities;
import org.hgwire.server.repository.Repository;
import org.jspecify.annotations.Nullable;

/**
 * Says which redirect targets and hashes a client is told of, in the host's order of preference.
 * Called for each request, by several threads at once.
 */
@FunctionalInterface
public interface RedirectAdvertiser {
  /**
   * Returns what the capabilities say of redirects, or null for nothing.
   *
   * @throws IOException if that cannot be found out
   */
  @Nullable RedirectCapabilities advertise(Caller caller, Repository repository) throws IOException;
}
