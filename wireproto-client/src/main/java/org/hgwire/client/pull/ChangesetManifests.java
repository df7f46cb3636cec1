// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.io.InputStream;
import org.hgwire.client.PeerProtocolException;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.RevisionText;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.ChangesetText;

/** Looks up the manifests of changesets in a sink. */
final class ChangesetManifests {
  /** A changeset begins with the node of its manifest in hexadecimal and a line feed. */
  private static final int START_OF_CHANGESET = 2 * Node.BYTES + 1;

  private final PullSink sink;

  ChangesetManifests(PullSink sink) {
    this.sink = sink;
  }

  /** Returns the manifest of {@code changeset}: the null node if it has no files. */
  Node of(Node changeset) throws IOException {
    RevisionText text = sink.open(RevisionKey.changeset(changeset));
    if (text == null) {
      throw new IOException("the sink does not have the changeset " + changeset);
    }
    try (InputStream in = text.open()) {
      return ChangesetText.manifestOf(ByteString.copyOf(in.readNBytes(START_OF_CHANGESET)));
    } catch (WireProtocolException e) {
      throw new PeerProtocolException(
          "The changeset " + changeset + " names no manifest: " + e.getMessage(), e);
    }
  }
}
