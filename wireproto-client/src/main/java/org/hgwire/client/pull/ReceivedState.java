// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hgwire.client.bundle.BundleParts;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RepositoryState;
import org.hgwire.core.ByteString;
import org.hgwire.core.bundle.ObsolescenceMarker;
import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;

/**
 * What a response to getbundle has besides changesets: bookmarks and phases, of the same moment,
 * which are kept, and obsolescence markers, which go to the sink. Of a response that is not read to
 * its end, nothing counts.
 */
final class ReceivedState implements BundleParts {
  private static final String BOOKMARKS = "bookmarks";
  private static final String PHASES = "phases";

  /** The namespaces to ask for. */
  static final List<String> NAMESPACES = List.of(BOOKMARKS, PHASES);

  private final PullSink sink;
  private @Nullable Map<ByteString, ByteString> bookmarks;
  private @Nullable Map<ByteString, ByteString> phases;
  private final List<ObsolescenceMarker> markers = new ArrayList<>();
  private boolean ended;
  private boolean gotMarkers;

  ReceivedState(PullSink sink) {
    this.sink = sink;
  }

  @Override
  public void keys(String namespace, Map<ByteString, ByteString> keys) {
    if (namespace.equals(BOOKMARKS)) {
      bookmarks = keys;
    } else if (namespace.equals(PHASES)) {
      phases = keys;
    }
  }

  @Override
  public void marker(ObsolescenceMarker marker) {
    markers.add(marker);
  }

  @Override
  public void ended() throws IOException {
    for (ObsolescenceMarker marker : markers) {
      sink.markerReceived(marker);
      gotMarkers = true;
    }
    markers.clear();
    ended = true;
  }

  boolean gotMarkers() {
    return gotMarkers;
  }

  /**
   * Returns the state, or null if it did not come.
   *
   * @param heads the heads of the server
   */
  @Nullable RepositoryState read(List<Node> heads) throws IOException {
    return !ended || bookmarks == null || phases == null
        ? null
        : StateKeys.read(heads, bookmarks, phases);
  }
}
