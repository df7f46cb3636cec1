// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.verify;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.hgwire.core.command.Node;

/**
 * What changesets and manifests say of one file: which changesets list it, and which of its
 * revisions are in a manifest. Takes 4 bytes for each changeset, 20 for each revision.
 */
final class ExpectedFile {
  private int[] changesets = new int[2];
  private int changesetCount;
  private ByteBuffer nodes = ByteBuffer.allocate(2 * Node.BYTES);

  /** Notes that a changeset lists the file; changesets come in their order. */
  void listedBy(int changeset) {
    if (changesetCount == changesets.length) {
      changesets = Arrays.copyOf(changesets, 2 * changesetCount);
    }
    changesets[changesetCount++] = changeset;
  }

  /** Notes that a revision is in a manifest; it may come several times. */
  void hasRevision(Node node) {
    if (!nodes.hasRemaining()) {
      nodes = ByteBuffer.allocate(2 * nodes.capacity()).put(nodes.flip());
    }
    node.write(nodes);
  }

  boolean isListedBy(int changeset) {
    return Arrays.binarySearch(changesets, 0, changesetCount, changeset) >= 0;
  }

  /** Returns a changeset that lists the file, or -1 if there is none. */
  int firstChangeset() {
    return changesetCount == 0 ? -1 : changesets[0];
  }

  boolean isInManifests() {
    return nodes.position() > 0;
  }

  void forEachRevision(Consumer<Node> consumer) {
    ByteBuffer all = nodes.duplicate().flip();
    while (all.hasRemaining()) {
      consumer.accept(Node.read(all));
    }
  }
}
