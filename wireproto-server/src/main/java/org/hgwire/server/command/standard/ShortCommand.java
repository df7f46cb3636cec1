// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.io.IOException;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.server.command.CommandCall;
import org.hgwire.server.command.ObjectSource;
import org.hgwire.server.command.ObjectSources;
import org.hgwire.server.repository.work.Work;

/** A command whose response is one value. */
abstract class ShortCommand extends PreparedCommand {
  ShortCommand(WireLimits limits) {
    super(limits, true);
  }

  @Override
  final Work<ObjectSource> prepare(CommandCall call, RequestView view) throws IOException {
    return respond(call, view).map(ObjectSources::of);
  }

  /** Returns the work that leads to the response; the view is closed after it. */
  abstract Work<CborValue> respond(CommandCall call, RequestView view) throws IOException;
}
