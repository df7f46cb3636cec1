// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
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

  /** What responses that ended had, by namespace. */
  private final Map<String, Map<ByteString, ByteString>> keys = new HashMap<>();

  private boolean gotMarkers;

  /** What the response had so far that is being read. */
  private final Map<String, Map<ByteString, ByteString>> newKeys = new HashMap<>();

  private final List<ObsolescenceMarker> newMarkers = new ArrayList<>();

  ReceivedState(PullSink sink) {
    this.sink = sink;
  }

  /** Begins a response: what the one before had is dropped, unless that was read to its end. */
  void begin() {
    newKeys.clear();
    newMarkers.clear();
  }

  @Override
  public void keys(String namespace, Map<ByteString, ByteString> listed) {
    if (NAMESPACES.contains(namespace)) {
      newKeys.put(namespace, listed);
    }
  }

  @Override
  public void marker(ObsolescenceMarker marker) {
    newMarkers.add(marker);
  }

  @Override
  public void ended() throws IOException {
    for (ObsolescenceMarker marker : newMarkers) {
      sink.markerReceived(marker);
      gotMarkers = true;
    }
    keys.putAll(newKeys);
    begin();
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
    Map<ByteString, ByteString> bookmarks = keys.get(BOOKMARKS);
    Map<ByteString, ByteString> phases = keys.get(PHASES);
    return bookmarks == null || phases == null ? null : StateKeys.read(heads, bookmarks, phases);
  }
}
