// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.io.IOException;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.server.command.ObjectSource;
import org.hgwire.server.command.ResponseObject;
import org.jspecify.annotations.Nullable;

/** A header, followed by one series of revisions. */
final class RevisionSource implements ObjectSource {
  private final RequestView view;
  private final RevisionSeries series;
  private @Nullable CborValue header;

  RevisionSource(RequestView view, CborValue header, RevisionSeries series) {
    this.view = view;
    this.header = header;
    this.series = series;
  }

  @Override
  public @Nullable ResponseObject next() throws IOException {
    CborValue first = header;
    if (first != null) {
      header = null;
      return new ResponseObject.Value(first);
    }
    return series.next();
  }

  @Override
  public void close() {
    view.release();
  }
}
