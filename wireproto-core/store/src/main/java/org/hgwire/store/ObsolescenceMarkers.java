// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;

/**
 * The obsolescence markers of a store, read from the front, one at a time: {@code obsstore} of the
 * versions 0 and 1. A marker says which changesets, its successors, replace its predecessor; with
 * none it was pruned.
 *
 * <p>Holds one marker of at most {@value #MAX_MARKER} bytes. The methods after {@link #next} are
 * those of the current marker. Used by one thread at a time.
 */
public final class ObsolescenceMarkers implements Closeable {
  /** The length of a marker in bytes. Its metadata are a user, a note and an operation. */
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

  /** Version 1: the number of parents if they were not recorded. */
  private static final int NO_PARENTS = 3;

  private final Path file;
  private final @Nullable DataInputStream input;
  private final int version;

  /** The current marker, as it is stored. */
  private ByteBuffer marker = ByteBuffer.allocate(256);

  private int nodes;
  private int successors;
  private int parents;

  private ObsolescenceMarkers(Path file, @Nullable DataInputStream input, int version) {
    this.file = file;
    this.input = input;
    this.version = version;
  }

  /**
   * Opens the markers of a store; there are none if there is no such file, or an empty one. The
   * caller closes them.
   *
   * @throws StoreException if their version is not supported
   */
  public static ObsolescenceMarkers open(Path file) throws IOException {
    return read(file, StoreFile.open(file));
  }

  /**
   * Opens the markers that a store had at some moment, without those that were added since then.
   * The caller closes them.
   *
   * @param identity what the file was at that moment
   * @throws StoreException if the file was replaced since then, or their version is not supported
   */
  public static ObsolescenceMarkers open(Path file, FileIdentity identity) throws IOException {
    if (!identity.exists()) {
      return read(file, null);
    }
    InputStream input = StoreFile.open(file);
    FileIdentity now = FileIdentity.of(file);
    if (input == null
        || now.file() != identity.file()
        || now.device() != identity.device()
        || now.size() < identity.size()) {
      if (input != null) {
        input.close();
      }
      throw new StoreException(
          StoreException.Kind.CHANGED,
          "the file " + file + " was replaced while the repository was read; try again");
    }
    return read(file, new FirstBytes(input, identity.size()));
  }

  private static ObsolescenceMarkers read(Path file, @Nullable InputStream input)
      throws IOException {
    if (input == null) {
      return new ObsolescenceMarkers(file, null, 1);
    }
    int version;
    try {
      version = input.read();
    } catch (IOException e) {
      input.close();
      throw e;
    }
    if (version > 1) {
      input.close();
      throw new StoreException(
          StoreException.Kind.UNSUPPORTED,
          "the file " + file + " has the version " + version + ", which is not supported");
    }
    return new ObsolescenceMarkers(file, version < 0 ? null : new DataInputStream(input), version);
  }

  /** Returns the version of the format, 0 or 1. */
  public int version() {
    return version;
  }

  /**
   * Moves to the next marker whose nodes have 20 bytes; others name no changeset of a repository
   * that is read here.
   *
   * @return whether there is one
   * @throws StoreException if the file is damaged
   */
  public boolean next() throws IOException {
    try {
      while (input != null) {
        int first = input.read();
        if (first < 0) {
          return false;
        }
        if (version == 0) {
          read0(input, first);
          return true;
        }
        if (read1(input, first)) {
          return true;
        }
      }
      return false;
    } catch (EOFException e) {
      throw new StoreException(
          StoreException.Kind.DAMAGED, "the file " + file + " ends within a marker", e);
    }
  }

  private void read0(DataInputStream input, int first) throws IOException {
    begin(first, HEAD_0 + Node.BYTES);
    readTo(input, HEAD_0);
    long length =
        (long) HEAD_0 + Node.BYTES * (1 + (long) first) + (marker.getInt(1) & 0xffffffffL);
    finish(input, length, HEAD_0, first, 0);
  }

  private boolean read1(DataInputStream input, int first) throws IOException {
    begin(first, HEAD_1 + Node.BYTES);
    readTo(input, HEAD_1);
    int count = marker.get(FLAGS_1 + 2) & 0xff;
    int parentCount = marker.get(FLAGS_1 + 3) & 0xff;
    boolean longNodes = (marker.getShort(FLAGS_1) & LONG_NODES) != 0;
    int known = parentCount == NO_PARENTS ? 0 : parentCount;
    finish(input, marker.getInt(0) & 0xffffffffL, HEAD_1, count, known);
    return !longNodes;
  }

  private void begin(int first, int room) {
    marker.clear();
    grow(room);
    marker.put((byte) first);
  }

  private void grow(int capacity) {
    if (marker.capacity() < capacity) {
      ByteBuffer larger = ByteBuffer.allocate(Math.max(capacity, 2 * marker.capacity()));
      larger.put(marker.flip());
      marker = larger;
    }
  }

  private void readTo(DataInputStream input, int length) throws IOException {
    grow(length);
    input.readFully(marker.array(), marker.position(), length - marker.position());
    marker.position(length);
  }

  private void finish(DataInputStream input, long length, int head, int count, int parentCount)
      throws IOException {
    if (length > MAX_MARKER || length < head + (long) Node.BYTES * (1 + count + parentCount)) {
      throw new StoreException(
          StoreException.Kind.DAMAGED,
          "the file " + file + " has a marker whose length cannot be " + length);
    }
    readTo(input, (int) length);
    nodes = head;
    successors = count;
    parents = parentCount;
  }

  /** Returns the changeset that is obsolete. */
  public Node predecessor() {
    return node(0);
  }

  /** Returns the number of changesets that replace the predecessor. */
  public int successorCount() {
    return successors;
  }

  /** Returns a changeset that replaces the predecessor. */
  public Node successor(int i) {
    return node(1 + i);
  }

  /** Returns the number of the predecessor's parents, as far as they were recorded. */
  public int parentCount() {
    return parents;
  }

  /** Returns a parent of the predecessor. */
  public Node parent(int i) {
    return node(1 + successors + i);
  }

  private Node node(int i) {
    marker.position(nodes + i * Node.BYTES);
    return Node.read(marker);
  }

  /** Returns the marker as it is stored, in the form of {@link #version}; a copy. */
  public ByteString stored() {
    return ByteString.copyOf(marker.duplicate().position(0).limit(length()));
  }

  private int length() {
    return version == 0
        ? nodes + Node.BYTES * (1 + successors) + marker.getInt(1)
        : marker.getInt(0);
  }

  @Override
  public void close() throws IOException {
    if (input != null) {
      input.close();
    }
  }
}
