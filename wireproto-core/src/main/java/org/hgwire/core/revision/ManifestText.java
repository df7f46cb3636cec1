// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.revision;

import java.nio.ByteBuffer;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;

/**
 * The text of a manifest: a line {@code path NUL node-in-hexadecimal flag LF} per entry, sorted by
 * path, with distinct paths.
 */
public final class ManifestText {
  private static final int HEX = 2 * Node.BYTES;

  private ManifestText() {}

  /**
   * Returns a cursor over the remaining bytes of {@code text}, which must not change while the
   * cursor is used. Its position does not move.
   */
  public static Cursor cursor(ByteBuffer text) {
    return new Cursor(text.slice());
  }

  /** Returns a cursor over {@code text}. */
  public static Cursor cursor(ByteString text) {
    return new Cursor(text.asByteBuffer());
  }

  /** Returns a builder of a text. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * A cursor over the entries, which starts before the first. It creates no objects except those
   * that are requested.
   *
   * <p>Not safe for use by several threads.
   */
  public static final class Cursor {
    private final ByteBuffer text;
    private int start;
    private int zero;
    private int next;
    private ManifestFlag flag = ManifestFlag.FILE;

    private Cursor(ByteBuffer text) {
      this.text = text;
    }

    /**
     * Moves to the next entry and returns true, or returns false after the last.
     *
     * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if the line is malformed
     *     or not sorted after the previous one
     */
    public boolean next() {
      if (next == text.limit()) {
        return false;
      }
      int pathEnd = endOfPath(next);
      if (next > 0 && !ascending(start, zero, next, pathEnd)) {
        throw RevisionFault.malformed("the paths of a manifest are not sorted");
      }
      start = next;
      zero = pathEnd;
      int end = zero + 1 + HEX;
      if (end >= text.limit()) {
        throw RevisionFault.malformed("a manifest ends in the middle of a line");
      }
      flag = ManifestFlag.FILE;
      if (text.get(end) != '\n') {
        flag = flagAt(end);
        end++;
      }
      if (end == text.limit() || text.get(end) != '\n') {
        throw RevisionFault.malformed("a line of a manifest has more than one flag or no end");
      }
      next = end + 1;
      return true;
    }

    private int endOfPath(int from) {
      int i = from;
      while (i < text.limit() && text.get(i) != 0 && text.get(i) != '\n') {
        i++;
      }
      if (i == from || i == text.limit() || text.get(i) != 0) {
        throw RevisionFault.malformed("a line of a manifest does not begin with a path and a NUL");
      }
      return i;
    }

    private boolean ascending(int from, int to, int nextFrom, int nextTo) {
      int common = Math.min(to - from, nextTo - nextFrom);
      for (int i = 0; i < common; i++) {
        int order = Byte.compareUnsigned(text.get(from + i), text.get(nextFrom + i));
        if (order != 0) {
          return order < 0;
        }
      }
      return to - from < nextTo - nextFrom;
    }

    private ManifestFlag flagAt(int index) {
      ManifestFlag found = ManifestFlag.of(text.get(index));
      if (found == null) {
        throw RevisionFault.malformed("a line of a manifest has an unknown flag");
      }
      return found;
    }

    /** Returns the path of the entry. */
    public ByteString path() {
      requireEntry();
      return ByteString.copyOf(text.slice(start, zero - start));
    }

    /**
     * Returns the file revision of the entry, or the manifest of the directory.
     *
     * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if it is not 40 digits
     *     in lower-case hexadecimal
     */
    public Node node() {
      requireEntry();
      return HexNode.parse(text, zero + 1);
    }

    /** Returns the type of the entry. */
    public ManifestFlag flag() {
      requireEntry();
      return flag;
    }

    private void requireEntry() {
      if (next == 0) {
        throw new IllegalStateException("next() has not been called, or returned false");
      }
    }
  }

  /** Writes a text, entry by entry, in the order of the paths. */
  public static final class Builder {
    private ByteBuffer text = ByteBuffer.allocate(1024);
    private @Nullable ByteString last;

    private Builder() {}

    /**
     * Adds an entry.
     *
     * @throws IllegalArgumentException if {@code path} is empty, has a NUL or a line feed, or does
     *     not sort after the previous one
     */
    public Builder add(ByteString path, Node node, ManifestFlag flag) {
      if (path.isEmpty() || path.indexOf((byte) 0, 0) >= 0 || path.indexOf((byte) '\n', 0) >= 0) {
        throw new IllegalArgumentException("a path must not be empty or have a NUL or line feed");
      }
      if (last != null && last.compareTo(path) >= 0) {
        throw new IllegalArgumentException("the path " + path + " does not sort after " + last);
      }
      last = path;
      reserve(path.length() + HEX + 3);
      path.putTo(text);
      text.put((byte) 0);
      HexNode.write(node, text);
      if (!flag.text().isEmpty()) {
        text.put((byte) flag.text().charAt(0));
      }
      text.put((byte) '\n');
      return this;
    }

    private void reserve(int bytes) {
      if (text.remaining() < bytes) {
        text =
            ByteBuffer.allocate(Math.addExact(text.capacity(), Math.max(text.capacity(), bytes)))
                .put(text.flip());
      }
    }

    /** Returns the text of all entries so far. */
    public ByteString build() {
      return ByteString.copyOf(text.duplicate().flip());
    }
  }
}
