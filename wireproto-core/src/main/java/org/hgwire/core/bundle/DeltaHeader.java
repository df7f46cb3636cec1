// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.bundle;

import java.nio.ByteBuffer;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.jspecify.annotations.Nullable;

/**
 * The header of a revision in a changegroup, before its delta (changegroups, Delta Groups).
 *
 * @param node the revision
 * @param parents its parents
 * @param base the base of the delta; {@link Node#NULL} for the empty text
 * @param link the changeset that introduced the revision; for a changeset, its own node
 * @param flags 16 bits of storage flags, including undefined ones; 0 before version 03
 */
public record DeltaHeader(Node node, Parents parents, Node base, Node link, int flags) {
  /** The revision is censored: its text does not match its node. Files only. */
  public static final int CENSORED = 32768;

  /** The node of the revision does not match its text, "likely due to rewritten parents". */
  public static final int ELLIPSIS = 16384;

  /** The text describes an object that is stored elsewhere. */
  public static final int EXTERNALLY_STORED = 8192;

  private static final int ALL_FLAGS = 0xffff;

  /** Checks the flags. */
  public DeltaHeader {
    if ((flags & ~ALL_FLAGS) != 0) {
      throw new IllegalArgumentException("the flags " + flags + " have more than 16 bits");
    }
  }

  /** Reads a header; {@code previous} is the previous revision of its delta group. */
  static DeltaHeader read(ByteBuffer bytes, ChangegroupVersion version, @Nullable Node previous) {
    Node node = Node.read(bytes);
    Parents parents = new Parents(Node.read(bytes), Node.read(bytes));
    Node base =
        version == ChangegroupVersion.V01 ? impliedBase(parents, previous) : Node.read(bytes);
    Node link = Node.read(bytes);
    int flags = version == ChangegroupVersion.V03 ? bytes.getShort() & ALL_FLAGS : 0;
    return new DeltaHeader(node, parents, base, link, flags);
  }

  /**
   * Writes the header.
   *
   * @throws IllegalArgumentException if the version cannot express the header
   */
  void write(ByteBuffer bytes, ChangegroupVersion version, @Nullable Node previous) {
    if (version == ChangegroupVersion.V01 && !base.equals(impliedBase(parents, previous))) {
      throw new IllegalArgumentException(
          "a delta of a changegroup 01 must be against the previous revision, not " + base);
    }
    if (version != ChangegroupVersion.V03 && flags != 0) {
      throw new IllegalArgumentException("only changegroups 03 have flags");
    }
    node.write(bytes);
    parents.first().write(bytes);
    parents.second().write(bytes);
    if (version != ChangegroupVersion.V01) {
      base.write(bytes);
    }
    link.write(bytes);
    if (version == ChangegroupVersion.V03) {
      bytes.putShort((short) flags);
    }
  }

  /**
   * "In version 1, the delta is always applied against the previous node from the changegroup or
   * the first parent if this is the first entry in the changegroup." An entry means one of the same
   * delta group.
   */
  private static Node impliedBase(Parents parents, @Nullable Node previous) {
    return previous == null ? parents.first() : previous;
  }
}
