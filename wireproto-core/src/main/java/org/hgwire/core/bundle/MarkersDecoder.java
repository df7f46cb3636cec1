// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.bundle;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.IncrementalDecoder;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the payload of a part {@code obsmarkers}: "obsolescence markers using the on-disk markers
 * format. The first byte defines the version format" (bundle2, obsmarkers).
 *
 * <p>Each marker is checked: that its lengths agree, and that it has no null node, no changeset
 * that replaces itself and no date that is not a number, each of which makes Mercurial fail as long
 * as it is in a store. Markers whose nodes have 32 bytes name no changeset of today's repositories
 * and are skipped. Holds one marker of at most {@value #MAX_MARKER} bytes. Not safe for use by
 * several threads.
 */
public final class MarkersDecoder extends IncrementalDecoder<ObsolescenceMarker> {
  /** Not a WireLimit: the metadata of a marker are a user, a note and an operation. */
  private static final int MAX_MARKER = 1 << 20;

  /** Version 0: number of successors, length of the metadata, flags. */
  private static final int HEAD_0 = 1 + 4 + 1;

  /**
   * Version 1: length, date, time zone, flags, numbers of successors, parents and pairs of
   * metadata.
   */
  private static final int HEAD_1 = 4 + 8 + 2 + 2 + 1 + 1 + 1;

  private static final int FLAGS_1 = 14;

  /** Version 1: nodes have 32 bytes. */
  private static final int LONG_NODES = 2;

  private static final int LONG_NODE = 32;

  /** Version 1: the number of parents if they were not recorded. */
  private static final int NO_PARENTS = 3;

  private final ByteInput input = new ByteInput();

  /** The version, or -1 before it was read. */
  private int version = -1;

  /** The length of what is taken next: a head, or a whole marker. */
  private int wanted = 1;

  /** The head of the marker that is being read, if it was. */
  private @Nullable ByteBuffer head;

  private boolean usedUp = true;

  /** Makes a decoder. */
  public MarkersDecoder() {}

  @Override
  protected void accept(ByteBuffer next) {
    usedUp = false;
    input.feed(next);
  }

  @Override
  protected boolean hasInput() {
    return !usedUp;
  }

  @Override
  protected @Nullable ObsolescenceMarker next() {
    while (!usedUp) {
      ByteBuffer taken = input.take(wanted);
      if (taken == null) {
        usedUp = true;
      } else if (version < 0) {
        version = Byte.toUnsignedInt(taken.get());
        if (version > 1) {
          throw WireProtocolException.request(
              WireErrorCode.UNSUPPORTED,
              "the obsolescence markers have the version " + version + ", which is unknown");
        }
        wanted = headLength();
      } else if (head == null) {
        head = ByteBuffer.allocate(wanted).put(taken).flip();
        wanted = length(head) - wanted;
      } else {
        ObsolescenceMarker marker = marker(head, taken);
        head = null;
        wanted = headLength();
        if (marker != null) {
          return marker;
        }
      }
    }
    return null;
  }

  private int headLength() {
    return version == 0 ? HEAD_0 : HEAD_1;
  }

  private int length(ByteBuffer start) {
    long length;
    long least;
    if (version == 0) {
      least = HEAD_0 + Node.BYTES * (1L + Byte.toUnsignedInt(start.get(0)));
      length = least + Integer.toUnsignedLong(start.getInt(1));
    } else {
      length = Integer.toUnsignedLong(start.getInt(0));
      int nodes = 1 + successors(start) + parents(start);
      least = HEAD_1 + nodeLength(start) * (long) nodes + 2L * pairs(start);
    }
    if (length < least || length > MAX_MARKER) {
      throw malformed("a length that cannot be, " + length + " bytes");
    }
    return (int) length;
  }

  private static int nodeLength(ByteBuffer start) {
    return (start.getShort(FLAGS_1) & LONG_NODES) == 0 ? Node.BYTES : LONG_NODE;
  }

  private static int successors(ByteBuffer start) {
    return Byte.toUnsignedInt(start.get(FLAGS_1 + 2));
  }

  private int parents(ByteBuffer start) {
    int count = Byte.toUnsignedInt(start.get(FLAGS_1 + 3));
    if (count > NO_PARENTS) {
      throw malformed(count + " parents");
    }
    return count == NO_PARENTS ? 0 : count;
  }

  private static int pairs(ByteBuffer start) {
    return Byte.toUnsignedInt(start.get(FLAGS_1 + 4));
  }

  /** Returns the marker, or null if it is skipped. */
  private @Nullable ObsolescenceMarker marker(ByteBuffer start, ByteBuffer rest) {
    ByteString stored =
        ByteString.copyOf(
            ByteBuffer.allocate(start.remaining() + rest.remaining())
                .put(start.duplicate())
                .put(rest.duplicate())
                .flip());
    int count = version == 0 ? Byte.toUnsignedInt(start.get(0)) : successors(start);
    if (version == 1) {
      requireMetadata(start, rest);
      if (!Double.isFinite(start.getDouble(Integer.BYTES))) {
        throw malformed("a date that is not a number");
      }
      if (nodeLength(start) != Node.BYTES) {
        return null;
      }
    }
    Node predecessor = node(rest);
    List<Node> successors = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      successors.add(node(rest));
    }
    if (successors.contains(predecessor)) {
      throw malformed("a changeset that replaces itself");
    }
    if (version == 0) {
      requireMetadata(rest);
    } else {
      for (int i = 0; i < parents(start); i++) {
        node(rest);
      }
    }
    return new ObsolescenceMarker(version, stored, predecessor, successors);
  }

  private static Node node(ByteBuffer bytes) {
    Node node = Node.read(bytes);
    if (node.isNull()) {
      throw malformed("the null node");
    }
    return node;
  }

  /** Version 1: the lengths of keys and values fill the marker. */
  private void requireMetadata(ByteBuffer start, ByteBuffer rest) {
    int at = nodeLength(start) * (1 + successors(start) + parents(start));
    long end = at + 2L * pairs(start);
    for (int i = 0; i < 2 * pairs(start); i++) {
      end += Byte.toUnsignedInt(rest.get(rest.position() + at + i));
    }
    if (end != rest.remaining()) {
      throw malformed("metadata of another length than it says");
    }
  }

  /** Version 0: "key:value", separated by NUL. */
  private static void requireMetadata(ByteBuffer metadata) {
    boolean empty = true;
    boolean colon = false;
    while (metadata.hasRemaining()) {
      byte next = metadata.get();
      if (next == 0) {
        requirePair(empty, colon);
        empty = true;
        colon = false;
      } else {
        empty = false;
        colon |= next == ':';
      }
    }
    requirePair(empty, colon);
  }

  private static void requirePair(boolean empty, boolean colon) {
    if (!empty && !colon) {
      throw malformed("a key without a value");
    }
  }

  @Override
  protected void finish() {
    if (head != null || version < 0 || input.position() != input.end()) {
      throw WireProtocolException.request(
          WireErrorCode.TRUNCATED, "the obsolescence markers end within a marker");
    }
  }

  @Override
  protected void discardInput() {
    input.drop();
  }

  private static WireProtocolException malformed(String what) {
    return WireProtocolException.request(
        WireErrorCode.MALFORMED, "an obsolescence marker has " + what);
  }
}
