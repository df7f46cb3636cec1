// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.MarkerCursor;
import org.hgwire.server.repository.ObsolescenceMarker;
import org.hgwire.store.ObsolescenceMarkers;
import org.jspecify.annotations.Nullable;

/** The obsolescence markers of a store. */
final class StoredMarkers implements MarkerCursor {
  private final ObsolescenceMarkers markers;

  StoredMarkers(ObsolescenceMarkers markers) {
    this.markers = markers;
  }

  @Override
  public int version() {
    return markers.version();
  }

  @Override
  public @Nullable ObsolescenceMarker next() throws IOException {
    return markers.next()
        ? new ObsolescenceMarker(
            markers.predecessor(),
            IntStream.range(0, markers.successorCount()).mapToObj(markers::successor).toList(),
            parents(),
            markers.stored())
        : null;
  }

  private List<Node> parents() {
    return IntStream.range(0, markers.parentCount()).mapToObj(markers::parent).toList();
  }

  @Override
  public void close() throws IOException {
    markers.close();
  }
}
