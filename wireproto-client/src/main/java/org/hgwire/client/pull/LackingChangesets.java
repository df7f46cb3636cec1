// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.core.command.Node;

/**
 * The changesets of which a sink lacks the manifest, or a file revision that it names and those of
 * the parents do not. Holds about 300 bytes for each pair of manifests.
 */
final class LackingChangesets {
  private final PullSink sink;
  private final AddedFiles added;
  private final Map<ManifestPair, Boolean> known = new TreeMap<>();

  LackingChangesets(PullSink sink, AddedFiles added) {
    this.sink = sink;
    this.added = added;
  }

  /** Returns whether a changeset is one of them. */
  boolean has(Node changeset) throws IOException {
    ManifestPair pair = added.pairOf(changeset);
    Boolean lacks = known.get(pair);
    if (lacks == null) {
      lacks = lacks(pair);
      known.put(pair, lacks);
    }
    return lacks;
  }

  private boolean lacks(ManifestPair pair) throws IOException {
    if (!pair.own().isNull() && !sink.has(RevisionKey.manifest(pair.own()))) {
      return true;
    }
    boolean[] lacks = new boolean[1];
    added.visit(
        pair,
        (manifest, entry) ->
            lacks[0] = lacks[0] || !sink.has(RevisionKey.file(entry.path(), entry.node())));
    return lacks[0];
  }
}
