// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;

/**
 * The header of an entry of a journal, big endian:
 *
 * <pre>
 * offset  bytes
 *      0      1  what: C changeset, M manifest, F file revision, S state of the repository, D completed
 *      1     20  node; in S null node
 *     21     20  first parent      } null nodes in S and D
 *     41     20  second parent     }
 *     61     20  linknode, or null node
 *     81      4  length of the path, 0 unless F
 *     85      8  length of what follows the path: the text; in S what JournalState writes
 *     93      …  path, then what follows
 * </pre>
 *
 * @param what the letter
 * @param node the revision
 * @param firstParent its first parent
 * @param secondParent its second parent
 * @param linknode the changeset that introduced it
 * @param pathLength the length of the path in bytes
 * @param dataLength the length of what follows the path in bytes
 */
record JournalEntry(
    char what,
    Node node,
    Node firstParent,
    Node secondParent,
    Node linknode,
    int pathLength,
    long dataLength) {
  static final int BYTES = 93;
  static final char CHANGESET = 'C';
  static final char MANIFEST = 'M';
  static final char FILE = 'F';
  static final char STATE = 'S';
  static final char COMPLETED = 'D';

  static JournalEntry of(PulledRevision revision) {
    Node linknode = revision.linknode();
    return new JournalEntry(
        letter(revision.key().kind()),
        revision.key().node(),
        revision.firstParent(),
        revision.secondParent(),
        linknode == null ? Node.NULL : linknode,
        revision.key().path().length(),
        revision.text().length());
  }

  static JournalEntry ofState(long length) {
    return new JournalEntry(STATE, Node.NULL, Node.NULL, Node.NULL, Node.NULL, 0, length);
  }

  static JournalEntry ofCompleted(Node changeset) {
    return new JournalEntry(COMPLETED, changeset, Node.NULL, Node.NULL, Node.NULL, 0, 0);
  }

  private static char letter(RevisionKind kind) {
    return switch (kind) {
      case CHANGESET -> CHANGESET;
      case MANIFEST -> MANIFEST;
      case FILE -> FILE;
    };
  }

  /** Reads the header at {@code position}. */
  static JournalEntry read(JournalFile file, long position) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    file.read(position, bytes);
    bytes.flip();
    JournalEntry entry =
        new JournalEntry(
            (char) (bytes.get() & 0xff),
            Node.read(bytes),
            Node.read(bytes),
            Node.read(bytes),
            Node.read(bytes),
            bytes.getInt(),
            bytes.getLong());
    if ("CMFSD".indexOf(entry.what) < 0 || entry.pathLength < 0 || entry.dataLength < 0) {
      throw new IOException("byte " + position + " of the journal does not begin an entry");
    }
    return entry;
  }

  /** Appends the header. */
  void write(JournalFile file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    bytes.put((byte) what);
    node.write(bytes);
    firstParent.write(bytes);
    secondParent.write(bytes);
    linknode.write(bytes);
    bytes.putInt(pathLength).putLong(dataLength);
    file.append(bytes.flip());
  }

  /** Returns the length of the whole entry in bytes. */
  long length() {
    return BYTES + (long) pathLength + dataLength;
  }

  /** Returns whether the whole entry is in {@code bytes} bytes. */
  boolean fits(long bytes) {
    return dataLength <= bytes - BYTES - pathLength;
  }

  /** Returns the kind of revision, or null if the entry has none. */
  @Nullable RevisionKind kind() {
    return switch (what) {
      case CHANGESET -> RevisionKind.CHANGESET;
      case MANIFEST -> RevisionKind.MANIFEST;
      case FILE -> RevisionKind.FILE;
      default -> null;
    };
  }

  /** Reads the path of the entry at {@code position}. */
  ByteString path(JournalFile file, long position) throws IOException {
    if (pathLength == 0) {
      return ByteString.empty();
    }
    byte[] bytes = new byte[pathLength];
    file.read(position + BYTES, ByteBuffer.wrap(bytes));
    return ByteString.copyOf(bytes);
  }
}
