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
 * Changesets of a bundle, verified, that wait until it is known whether the server shows them: in a
 * temporary journal, about 300 bytes of memory each.
 */
final class ChangesetWindow implements AutoCloseable {
  /** So many changesets wait at most. */
  static final int MOST_CHANGESETS = 20_000;

  /** So many bytes of texts wait at most, before the last one. */
  private static final long MOST_BYTES = 64L << 20;

  /** Sees what waited. */
  interface Receiver {
    void receive(PulledRevision changeset) throws IOException;
  }

  private final PullSink texts;
  private final Map<Node, Parents> changesets = new LinkedHashMap<>();
  private final Set<Node> parents = new HashSet<>();
  private long bytes;

  /** Makes a window whose journal is in {@code directory}, or in that of the platform. */
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
    return changesets.size() >= MOST_CHANGESETS || bytes >= MOST_BYTES;
  }

  /** Adds a changeset that is not there. */
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

  /** Gives all that waited, in order. */
  void release(Receiver receiver) throws IOException {
    for (Map.Entry<Node, Parents> changeset : changesets.entrySet()) {
      RevisionKey key = RevisionKey.changeset(changeset.getKey());
      Parents ofIt = changeset.getValue();
      RevisionText text = texts.open(key);
      if (text == null) {
        throw new IOException("the temporary journal has lost the " + key);
      }
      receiver.receive(new PulledRevision(key, ofIt.first(), ofIt.second(), null, text));
    }
  }

  @Override
  public void close() throws IOException {
    texts.close();
  }
}
