// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.bundle.BundleEncoder;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Phase;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.graph.ChangesetGraph;
import org.hgwire.server.repository.graph.Sweep;
import org.hgwire.server.repository.keys.Bookmarks;
import org.hgwire.server.repository.keys.PushkeyNamespaces;
import org.hgwire.server.repository.work.Work;

/** Writes the parts that are not the changegroup, with the names that Mercurial's servers use. */
final class PartsWriter {
  private static final ByteString NAMESPACE = ByteString.utf8("namespace");

  private final RepositorySnapshot snapshot;
  private final ChangesetGraph graph;
  private final BundleEncoder encoder;

  PartsWriter(RepositorySnapshot snapshot, ChangesetGraph graph, BundleEncoder encoder) {
    this.snapshot = snapshot;
    this.graph = graph;
    this.encoder = encoder;
  }

  /** "20 bytes binary changeset node, 2 bytes big endian short defining bookmark name length". */
  Work<Boolean> bookmarks() throws IOException {
    Payload payload = new Payload();
    return Bookmarks.byName(snapshot, graph)
        .then(
            names ->
                Work.each(
                    names.entrySet().iterator(),
                    bookmark -> {
                      ByteString name = bookmark.getKey();
                      payload.put(graph.index().node(bookmark.getValue()));
                      payload.putShort(name.length());
                      payload.put(name);
                    },
                    true))
        .map(unused -> write("BOOKMARKS", Map.of(), payload));
  }

  /** "A newline delimited list of tab delimited key-value pairs". */
  Work<Boolean> listkeys(ByteString namespace) throws IOException {
    return PushkeyNamespaces.list(snapshot, graph, namespace)
        .map(
            keys -> {
              Payload payload = new Payload();
              keys.forEach(
                  (key, value) -> {
                    if (payload.size() > 0) {
                      payload.write('\n');
                    }
                    payload.put(key);
                    payload.write('\t');
                    payload.put(value);
                  });
              return write("LISTKEYS", Map.of(NAMESPACE, namespace), payload);
            });
  }

  /**
   * "An array of 24 byte entries. Each entry is a big endian 32-bit integer defining the phase
   * integer and 20 byte binary node value": the heads of {@code changesets} in each phase. What a
   * publishing repository sends is public.
   */
  Work<Boolean> phaseHeads(BitSet changesets) {
    Payload payload = new Payload();
    return (snapshot.publishing() ? Work.done(changesets) : graph.publicChangesets())
        .then(
            published -> {
              BitSet ours = (BitSet) changesets.clone();
              ours.and(published);
              BitSet drafts = (BitSet) changesets.clone();
              drafts.andNot(published);
              return heads(Phase.PUBLIC, ours, payload)
                  .then(unused -> heads(Phase.DRAFT, drafts, payload));
            })
        .map(unused -> write("PHASE-HEADS", Map.of(), payload));
  }

  private Work<Boolean> heads(Phase phase, BitSet changesets, Payload payload) {
    return graph
        .heads(changesets)
        .then(
            heads ->
                Sweep.up(
                    heads,
                    head -> {
                      payload.putInt(phase.number());
                      payload.put(graph.index().node(head));
                    },
                    true));
  }

  private boolean write(String name, Map<ByteString, ByteString> mandatory, Payload payload) {
    encoder.part(name, mandatory, Map.of(), ByteBuffer.wrap(payload.toByteArray()));
    return true;
  }

  /** The payload of a part, while it is made. */
  private static final class Payload extends ByteArrayOutputStream {
    void put(Node node) {
      writeBytes(node.toByteArray());
    }

    void put(ByteString bytes) {
      writeBytes(bytes.toByteArray());
    }

    void putShort(int value) {
      write(value >>> 8);
      write(value);
    }

    void putInt(int value) {
      putShort(value >>> 16);
      putShort(value);
    }
  }
}
