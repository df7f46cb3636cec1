// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.hgwire.client.waiting.NodeList;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.ChangesetText;

/**
 * The first changeset beside the repository that names a manifest. As manifests come in the order
 * of the changesets, no more texts are read than needed. About 44 bytes a changeset.
 */
final class ManifestLinks {
  /** A changeset begins with the node of its manifest in hexadecimal and a line feed. */
  private static final int START_OF_CHANGESET = 2 * Node.BYTES + 1;

  private final Beside beside;
  private final NodeList manifests = new NodeList();
  private int[] positions = new int[64];
  private int read;

  ManifestLinks(Beside beside) {
    this.beside = beside;
  }

  /** Returns the position of the changeset, or -1 if there is none. */
  int find(Node manifest) throws IOException {
    int known = manifests.find(manifest);
    while (known < 0) {
      int position = beside.next(read);
      if (position < 0) {
        return -1;
      }
      read = position + 1;
      Node named = manifestOf(position);
      if (manifests.find(named) < 0) {
        manifests.add(named);
        if (manifests.count() > positions.length) {
          positions = Arrays.copyOf(positions, positions.length + positions.length / 2);
        }
        positions[manifests.count() - 1] = position;
      }
      known = manifests.find(manifest);
    }
    return positions[known];
  }

  private Node manifestOf(int position) throws IOException {
    try (InputStream text = beside.text(position).open()) {
      return ChangesetText.manifestOf(ByteString.copyOf(text.readNBytes(START_OF_CHANGESET)));
    }
  }
}
