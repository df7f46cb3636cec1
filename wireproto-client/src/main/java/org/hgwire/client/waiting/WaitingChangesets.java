// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.waiting;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.hgwire.client.sink.RevisionText;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.hgwire.core.revision.NodeHasher;

/**
 * Verified changesets in a file, in the order in which they came, which is parents before children;
 * 40 to 50 bytes of memory each. Not safe for use by several threads.
 *
 * <p>The file is only appended to: entries of the length of the text (4 bytes, big endian), node,
 * first parent, second parent (20 bytes each), and the text. What follows the last entry whose hash
 * is its node is dropped when a file is opened again.
 */
public final class WaitingChangesets implements Closeable {
  private static final int HEAD = Integer.BYTES + 3 * Node.BYTES;
  private static final int PIECE = 64 * 1024;

  private final AppendedFile file;
  private NodeList nodes = new NodeList();
  private final BitSet withChildren = new BitSet();

  /** Where the entries end, by position; one number more than there are entries. */
  private long[] ends = new long[64];

  /**
   * Takes over a file.
   *
   * @param path where it is, for errors
   * @param file the file, empty or one that was written before; closed with this
   * @throws IOException if it cannot be read
   */
  public WaitingChangesets(Path path, FileChannel file) throws IOException {
    this.file = new AppendedFile(path, file);
    load();
  }

  private void load() throws IOException {
    long at = 0;
    long whole = file.length();
    while (whole - at >= HEAD) {
      ByteBuffer head = ByteBuffer.wrap(file.read(at, HEAD));
      long length = Integer.toUnsignedLong(head.getInt());
      Node node = Node.read(head);
      Parents parents = new Parents(Node.read(head), Node.read(head));
      if (length > whole - at - HEAD || !node.equals(hash(parents, at + HEAD, length))) {
        break;
      }
      at += HEAD + length;
      note(node, parents, at);
    }
    file.truncate(at);
  }

  private Node hash(Parents parents, long from, long length) throws IOException {
    NodeHasher hasher = NodeHasher.of(parents);
    for (long done = 0; done < length; done += PIECE) {
      hasher.update(ByteBuffer.wrap(file.read(from + done, (int) Math.min(PIECE, length - done))));
    }
    return hasher.finish();
  }

  private void note(Node node, Parents parents, long end) {
    for (Node parent : parents.present()) {
      int position = nodes.find(parent);
      if (position >= 0) {
        withChildren.set(position);
      }
    }
    nodes.add(node);
    if (nodes.count() == ends.length) {
      ends = Arrays.copyOf(ends, ends.length + ends.length / 4);
    }
    ends[nodes.count()] = end;
  }

  /** Returns how many there are. */
  public int count() {
    return nodes.count();
  }

  /** Returns how many bytes they take on disk. */
  public long bytes() {
    return ends[nodes.count()];
  }

  /** Returns the position of a changeset, or -1 if it is not here. */
  public int find(Node node) {
    return nodes.find(node);
  }

  /** Returns the changeset at a position. */
  public Node node(int position) {
    return nodes.get(position);
  }

  /** Returns the parents of the changeset at a position. */
  public Parents parents(int position) throws IOException {
    ByteBuffer head =
        ByteBuffer.wrap(file.read(ends[position] + HEAD - 2L * Node.BYTES, 2 * Node.BYTES));
    return new Parents(Node.read(head), Node.read(head));
  }

  /** Returns the text of the changeset at a position; it can be read until this is closed. */
  public RevisionText text(int position) {
    long start = ends[position] + HEAD;
    long length = ends[position + 1] - start;
    return new RevisionText() {
      @Override
      public long length() {
        return length;
      }

      @Override
      public InputStream open() throws IOException {
        return new ByteArrayInputStream(file.read(start, Math.toIntExact(length)));
      }
    };
  }

  /** Returns whether the changeset at a position has a child here. */
  public boolean hasChild(int position) {
    return withChildren.get(position);
  }

  /** Returns the changesets that have no child here, in their order. */
  public List<Node> heads() {
    List<Node> heads = new ArrayList<>();
    for (int i = withChildren.nextClearBit(0); i < nodes.count(); ) {
      heads.add(nodes.get(i));
      i = withChildren.nextClearBit(i + 1);
    }
    return heads;
  }

  /**
   * Appends a verified changeset that is not here.
   *
   * @throws IOException if it cannot be written; it is not here then
   */
  public void add(Node node, Parents parents, RevisionText text) throws IOException {
    discardRest();
    int length = Math.toIntExact(text.length());
    ByteBuffer head = ByteBuffer.allocate(HEAD).putInt(length);
    node.write(head);
    parents.first().write(head);
    parents.second().write(head);
    file.append(head.flip());
    byte[] piece = new byte[Math.min(length, PIECE)];
    try (InputStream in = text.open()) {
      for (int left = length; left > 0; ) {
        int count = in.read(piece, 0, Math.min(left, piece.length));
        if (count < 0) {
          throw new EOFException("the text of changeset " + node + " is shorter than its length");
        }
        file.append(ByteBuffer.wrap(piece, 0, count));
        left -= count;
      }
    }
    note(node, parents, bytes() + HEAD + length);
  }

  /** Keeps the first {@code count} and drops the others. */
  public void truncate(int count) throws IOException {
    file.truncate(ends[count]);
    nodes = new NodeList();
    withChildren.clear();
    load();
  }

  /** Drops what a failed {@link #add} left. */
  private void discardRest() throws IOException {
    file.truncate(bytes());
  }

  /** Writes everything to the file, so that it is there if the process ends. */
  public void write() throws IOException {
    discardRest();
    file.flush();
  }

  /** Writes everything to the file, and closes it. */
  @Override
  public void close() throws IOException {
    try (file) {
      discardRest();
    }
  }
}
