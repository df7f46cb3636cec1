// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.hgwire.client.sink.ForwardingPullSink;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.RevisionKind;
import org.hgwire.client.waiting.NodeList;
import org.hgwire.core.command.Node;

/**
 * The changesets of a sink that are complete, and no others: what a client of version 1 may say
 * that it has, since it gets a changeset only together with its manifest and files.
 */
final class CompleteChangesets extends ForwardingPullSink {
  private final NodeList incomplete = new NodeList();
  private final Collection<Node> heads;

  CompleteChangesets(PullSink sink) throws IOException {
    super(sink);
    sink.incomplete().forEach(incomplete::add);
    Set<Node> complete = new TreeSet<>();
    addComplete(sink.heads(), complete);
    for (int position = 0; position < incomplete.count(); position++) {
      addComplete(sink.parents(incomplete.get(position)), complete);
    }
    heads = complete;
  }

  private void addComplete(Collection<Node> changesets, Set<Node> complete) {
    for (Node changeset : changesets) {
      if (incomplete.find(changeset) < 0) {
        complete.add(changeset);
      }
    }
  }

  /** Returns changesets of which all others are ancestors; some may be ancestors, too. */
  @Override
  public Collection<Node> heads() {
    return heads;
  }

  @Override
  public boolean has(RevisionKey key) throws IOException {
    return super.has(key)
        && !(key.kind() == RevisionKind.CHANGESET && incomplete.find(key.node()) >= 0);
  }
}
