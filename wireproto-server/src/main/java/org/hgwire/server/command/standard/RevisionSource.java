// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.io.IOException;
import java.util.List;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.DataHeader;
import org.hgwire.server.command.ObjectSource;
import org.hgwire.server.command.ResponseObject;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.RevisionStore;
import org.jspecify.annotations.Nullable;

/** A header, followed by one series of revisions. */
final class RevisionSource implements ObjectSource {
  private final RevisionSeries series;
  private @Nullable CborValue header;

  /** Returns the response with these revisions, of which there are none without a store. */
  static RevisionSource of(
      ChangesetIndex index,
      @Nullable RevisionStore store,
      List<ServedRevision> revisions,
      RevisionSeries.Options options)
      throws IOException {
    return new RevisionSource(
        new DataHeader(revisions.size()).toCbor(),
        new RevisionSeries(
            index, store == null ? node -> null : store, ServedRevisions.of(revisions), options));
  }

  private RevisionSource(CborValue header, RevisionSeries series) {
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
    // PreparedSource closes the view
  }
}
