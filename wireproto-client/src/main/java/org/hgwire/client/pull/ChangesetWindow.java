// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.PullSinks;
import org.hgwire.client.sink.PulledRevision;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.RevisionText;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.jspecify.annotations.Nullable;

/**
 * Verified changesets of a bundle that wait until the server has been asked whether it shows them:
 * in a temporary journal, with about 300 bytes of memory each.
 */
final class ChangesetWindow implements AutoCloseable {
  /** Bounds the memory of the window, not what a peer sends: a full window is released. */
  static final int MAX_CHANGESETS = 20_000;

  /** Bounds the disk space of the window, before its last text; a full window is released. */
  private static final long MAX_BYTES = 64L << 20;

  /** Gets the changesets of a window. */
  interface Receiver {
    void receive(PulledRevision changeset) throws IOException;
  }

  private final PullSink texts;
  private final Map<Node, Parents> changesets = new LinkedHashMap<>();
  private final Set<Node> parents = new HashSet<>();
  private long bytes;

  /**
   * Makes a window whose journal is in {@code directory}, or in that of the platform if it is null.
   */
  ChangesetWindow(@Nullable Path directory) throws IOException {
    texts = directory == null ? PullSinks.verifying() : PullSinks.verifying(directory);
  }

  boolean has(Node node) {
    return changesets.containsKey(node);
  }

  @Nullable RevisionText open(RevisionKey key) throws IOException {
    return texts.open(key);
  }

  boolean isFull() {
    return changesets.size() >= MAX_CHANGESETS || bytes >= MAX_BYTES;
  }

  /** Adds a changeset that the window does not have. */
  void add(PulledRevision changeset) throws IOException {
    texts.accept(changeset);
    Parents ofIt = new Parents(changeset.firstParent(), changeset.secondParent());
    changesets.put(changeset.key().node(), ofIt);
    parents.addAll(ofIt.present());
    bytes += changeset.text().length();
  }

  /** Returns the changesets that have no child in the window. */
  List<Node> heads() {
    List<Node> heads = new ArrayList<>(changesets.keySet());
    heads.removeIf(parents::contains);
    return heads;
  }

  /** Passes on all changesets, in order. */
  void release(Receiver receiver) throws IOException {
    for (Map.Entry<Node, Parents> changeset : changesets.entrySet()) {
      RevisionKey key = RevisionKey.changeset(changeset.getKey());
      Parents ofIt = changeset.getValue();
      RevisionText text = texts.open(key);
      if (text == null) {
        throw new IOException("the temporary journal does not have the " + key);
      }
      receiver.receive(new PulledRevision(key, ofIt.first(), ofIt.second(), null, text));
    }
  }

  @Override
  public void close() throws IOException {
    texts.close();
  }
}
