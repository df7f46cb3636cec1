// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.clonebundles;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hgwire.client.sink.ForwardingPullSink;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.PulledRevision;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;

/** A sink that records what another sink gets, for comparison. */
final class BundleSinkRecord extends ForwardingPullSink {
  final Set<String> revisions = new HashSet<>();
  final Set<Node> completed = new HashSet<>();

  private final Map<RevisionKey, String> running = new HashMap<>();

  BundleSinkRecord(PullSink sink) {
    super(sink);
  }

  @Override
  public void accept(PulledRevision revision) throws IOException {
    ByteString text;
    try (InputStream in = revision.text().open()) {
      text = ByteString.copyOf(in.readAllBytes());
    }
    String line =
        String.join(
            " ",
            revision.key().toString(),
            revision.firstParent().hex(),
            revision.secondParent().hex(),
            String.valueOf(revision.linknode()),
            String.valueOf(text.hashCode()));
    if (!revisions.add(line)) {
      throw new IllegalStateException("received twice: " + line);
    }
    running.put(revision.key(), line);
    super.accept(revision);
  }

  @Override
  public void abandoned() throws IOException {
    super.abandoned();
    forgetDropped();
  }

  /** A sink may drop what is not complete. */
  private void forgetDropped() throws IOException {
    for (Map.Entry<RevisionKey, String> each : running.entrySet()) {
      if (!has(each.getKey())) {
        revisions.remove(each.getValue());
      }
    }
    running.clear();
  }

  @Override
  public void changesetsCompleted(List<Node> changesets) throws IOException {
    completed.addAll(changesets);
    super.changesetsCompleted(changesets);
    forgetDropped();
  }
}
