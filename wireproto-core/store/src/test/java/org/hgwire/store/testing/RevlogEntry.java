// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.testing;

import java.nio.ByteBuffer;
import org.hgwire.core.command.Node;

/**
 * An entry of an index (revlogs, Version 1 Format), as it is written.
 *
 * @param offset where the chunk begins, without the entries between the chunks
 * @param flags 16 bits
 * @param storedLength the length of the chunk
 * @param textLength the length of the text
 * @param base the number in the field of the base: the revision itself if the chunk is a text
 * @param link the number of the changeset
 * @param parent1 the first parent, or -1
 * @param parent2 the second parent, or -1
 * @param node the node
 */
public record RevlogEntry(
    long offset,
    int flags,
    int storedLength,
    int textLength,
    int base,
    int link,
    int parent1,
    int parent2,
    Node node) {
  /** The length in bytes. */
  public static final int BYTES = 64;

  /** Writes the entry at the position of {@code output}. */
  public void write(ByteBuffer output) {
    output.putLong(offset << 16 | flags);
    output.putInt(storedLength).putInt(textLength).putInt(base).putInt(link);
    output.putInt(parent1).putInt(parent2);
    node.write(output);
    output.putInt(0).putLong(0);
  }

  /** Returns a copy with other flags. */
  public RevlogEntry withFlags(int other) {
    return new RevlogEntry(
        offset, other, storedLength, textLength, base, link, parent1, parent2, node);
  }

  /** Returns a copy with another place of the chunk. */
  public RevlogEntry withChunk(long otherOffset, int otherLength) {
    return new RevlogEntry(
        otherOffset, flags, otherLength, textLength, base, link, parent1, parent2, node);
  }

  /** Returns a copy with another length of the text. */
  public RevlogEntry withTextLength(int other) {
    return new RevlogEntry(offset, flags, storedLength, other, base, link, parent1, parent2, node);
  }

  /** Returns a copy with another base. */
  public RevlogEntry withBase(int other) {
    return new RevlogEntry(
        offset, flags, storedLength, textLength, other, link, parent1, parent2, node);
  }

  /** Returns a copy with another link. */
  public RevlogEntry withLink(int other) {
    return new RevlogEntry(
        offset, flags, storedLength, textLength, base, other, parent1, parent2, node);
  }

  /** Returns a copy with other parents. */
  public RevlogEntry withParents(int first, int second) {
    return new RevlogEntry(
        offset, flags, storedLength, textLength, base, link, first, second, node);
  }

  /** Returns a copy with another node. */
  public RevlogEntry withNode(Node other) {
    return new RevlogEntry(
        offset, flags, storedLength, textLength, base, link, parent1, parent2, other);
  }
}
