// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.disk;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hgwire.client.sink.ForwardingPullSink;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.PulledRevision;
import org.hgwire.client.sink.RepositoryState;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.RevisionKind;
import org.hgwire.client.sink.RevisionText;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a sink says of some revisions, to be compared.
 *
 * @param texts the texts of those that it has
 * @param parents the parents of its changesets
 * @param heads its heads
 * @param incomplete its incomplete changesets
 * @param state its state, or null
 */
record SinkContents(
    Map<RevisionKey, ByteString> texts,
    Map<Node, List<Node>> parents,
    Set<Node> heads,
    List<Node> incomplete,
    @Nullable RepositoryState state) {
  /** Reads everything that {@code sink} says of {@code keys}. */
  static SinkContents read(PullSink sink, Collection<RevisionKey> keys) throws IOException {
    Map<RevisionKey, ByteString> texts = new HashMap<>();
    Map<Node, List<Node>> parents = new HashMap<>();
    for (RevisionKey key : keys) {
      RevisionText text = sink.open(key);
      if (sink.has(key) != (text != null)) {
        throw new IOException("the sink contradicts itself about the " + key);
      }
      if (text != null) {
        texts.put(key, text.readAll());
        if (key.kind() == RevisionKind.CHANGESET) {
          parents.put(key.node(), sink.parents(key.node()));
        }
      }
    }
    List<Node> incomplete = new ArrayList<>();
    sink.incomplete().forEach(incomplete::add);
    return new SinkContents(texts, parents, new HashSet<>(sink.heads()), incomplete, sink.state());
  }

  /** A sink that notes which revisions it got. */
  static final class Recording extends ForwardingPullSink {
    final Set<RevisionKey> keys = new LinkedHashSet<>();

    Recording(PullSink sink) {
      super(sink);
    }

    @Override
    public void accept(PulledRevision revision) throws IOException {
      super.accept(revision);
      keys.add(revision.key());
    }
  }
}
