// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Map;
import java.util.Set;
import org.hgwire.core.bundle.BundleEncoder;
import org.hgwire.core.bundle.PartEncoder;
import org.hgwire.server.repository.MarkerCursor;
import org.hgwire.server.repository.ObsolescenceMarker;
import org.hgwire.server.repository.ObsolescenceMarkers;
import org.hgwire.server.repository.graph.ChangesetGraph;
import org.hgwire.server.repository.work.Steps;
import org.hgwire.server.repository.work.Work;
import org.jspecify.annotations.Nullable;

/** Writes the obsolescence markers that are relevant to what is sent, in the form they have. */
final class MarkersWriter {
  private final ObsolescenceMarkers markers;
  private final ChangesetGraph graph;
  private final BundleEncoder encoder;
  private final BundleOutput output;

  MarkersWriter(
      ObsolescenceMarkers markers,
      ChangesetGraph graph,
      BundleEncoder encoder,
      BundleOutput output) {
    this.markers = markers;
    this.graph = graph;
    this.encoder = encoder;
    this.output = output;
  }

  /**
   * Returns the work of writing them; there is no part if none are relevant.
   *
   * @param changesets to which they are relevant
   * @param versions those that the receiver reads
   */
  Work<Boolean> write(BitSet changesets, Set<Integer> versions) throws IOException {
    MarkerCursor cursor = markers.open();
    if (!versions.contains(cursor.version())) {
      cursor.close();
      return Work.done(true);
    }
    return new RelevantMarkers(cursor, graph, changesets)
        .then(relevant -> relevant.isEmpty() ? Work.done(true) : new Copying(relevant));
  }

  /**
   * "The payload consists of obsolescence markers using the on-disk markers format. The first byte
   * defines the version format."
   */
  private final class Copying implements Work<Boolean> {
    private final BitSet relevant;
    private final MarkerCursor cursor;
    private final PartEncoder part;
    private int place;

    Copying(BitSet relevant) throws IOException {
      this.relevant = relevant;
      this.cursor = markers.open();
      this.part = encoder.part("OBSMARKERS", Map.of(), Map.of());
      part.payload(ByteBuffer.wrap(new byte[] {(byte) cursor.version()}));
    }

    @Override
    public @Nullable Boolean advance(Steps steps) throws IOException {
      while (place < relevant.length()) {
        if (output.isFull() || !steps.take()) {
          return null;
        }
        ObsolescenceMarker marker = cursor.next();
        if (marker == null) {
          throw new IOException("obsolescence markers were removed while they were read");
        }
        if (relevant.get(place)) {
          part.payload(marker.stored().asByteBuffer());
        }
        place++;
      }
      part.end();
      return true;
    }

    @Override
    public void close() throws IOException {
      cursor.close();
    }
  }
}
