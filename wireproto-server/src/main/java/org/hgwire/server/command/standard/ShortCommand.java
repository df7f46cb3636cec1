// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.io.IOException;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.server.command.Command;
import org.hgwire.server.command.CommandCall;
import org.hgwire.server.command.ObjectSource;
import org.hgwire.server.command.ObjectSources;

/** A command whose response is one value. */
abstract class ShortCommand implements Command {
  @Override
  public final ObjectSource run(CommandCall call) throws IOException {
    try (RequestView view = RequestView.open(call)) {
      return ObjectSources.of(respond(call, view));
    }
  }

  /** Returns the response; the view is closed after that. */
  abstract CborValue respond(CommandCall call, RequestView view) throws IOException;
}
