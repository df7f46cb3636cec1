// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.io.IOException;
import org.hgwire.server.command.Command;
import org.hgwire.server.command.CommandCall;
import org.hgwire.server.command.ObjectSource;

/** A command whose response is produced as it is read, with the view of the repository open. */
abstract class StreamedCommand implements Command {
  @Override
  public final ObjectSource run(CommandCall call) throws IOException {
    RequestView view = RequestView.open(call);
    boolean started = false;
    try {
      ObjectSource source = start(call, view);
      started = true;
      return source;
    } finally {
      if (!started) {
        view.close();
      }
    }
  }

  /** Returns the response, which closes {@code view} when it is closed. */
  abstract ObjectSource start(CommandCall call, RequestView view) throws IOException;
}
