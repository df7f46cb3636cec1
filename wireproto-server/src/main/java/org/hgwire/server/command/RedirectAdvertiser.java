// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command;

import java.io.IOException;
import org.hgwire.core.command.RedirectCapabilities;
import org.hgwire.server.repository.Repository;
import org.jspecify.annotations.Nullable;

/**
 * Decides which redirect targets and hashes are advertised to a caller, in the host's order of
 * preference. Called for each request, by several threads at once.
 */
@FunctionalInterface
public interface RedirectAdvertiser {
  /**
   * Returns the redirects that the capabilities advertise, or null for none.
   *
   * @throws IOException if the targets cannot be determined; the client gets a server error
   */
  @Nullable RedirectCapabilities advertise(Caller caller, Repository repository) throws IOException;
}
