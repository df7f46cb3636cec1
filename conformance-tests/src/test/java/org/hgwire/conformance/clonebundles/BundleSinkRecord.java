// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.clonebundles;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hgwire.client.sink.ForwardingPullSink;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.PulledRevision;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;

/** A sink that records what another sink gets, for comparison. */
final class BundleSinkRecord extends ForwardingPullSink {
  final Set<String> revisions = new HashSet<>();
  final Set<Node> completed = new HashSet<>();

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
    super.accept(revision);
  }

  @Override
  public void changesetsCompleted(List<Node> changesets) throws IOException {
    completed.addAll(changesets);
    super.changesetsCompleted(changesets);
  }
}
