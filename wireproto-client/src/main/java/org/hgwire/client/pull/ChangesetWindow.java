// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hgwire.client.bundle.BundleRevision;
import org.hgwire.core.bundle.DeltaHeader;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.jspecify.annotations.Nullable;

/**
 * Changesets of a bundle that wait, as they are in it, until it is known whether the server shows
 * them: in a temporary file that only its owner can read, their nodes in memory.
 */
final class ChangesetWindow implements AutoCloseable {
  /** So many changesets wait at most: 3 MiB of nodes. */
  static final int MOST_CHANGESETS = 20_000;

  /** So many bytes wait at most before the last one. */
  private static final long MOST_BYTES = 64L << 20;

  private static final int BUFFER = 64 * 1024;

  /** Node, two parents and base, in the file. */
  private static final int HEADER = 4 * Node.BYTES;

  /** Sees what waited. */
  interface Receiver {
    void receive(DeltaHeader header, SentData delta) throws IOException;
  }

  private final Path file;
  private final Set<Node> nodes = new LinkedHashSet<>();
  private final Set<Node> parents = new HashSet<>();
  private @Nullable DataOutputStream out;
  private long bytes;

  /** Makes a window whose file is in {@code directory}, or in that of the platform. */
  ChangesetWindow(@Nullable Path directory) throws IOException {
    file = SpooledText.newFile(directory);
  }

  boolean has(Node node) {
    return nodes.contains(node);
  }

  boolean isFull() {
    return nodes.size() >= MOST_CHANGESETS || bytes >= MOST_BYTES;
  }

  /** Adds a changeset that is not there. */
  void add(BundleRevision changeset) throws IOException {
    DeltaHeader header = changeset.header();
    DataOutputStream target = out;
    if (target == null) {
      target = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER));
      out = target;
    }
    ByteBuffer head = ByteBuffer.allocate(HEADER + Integer.BYTES);
    header.node().write(head);
    header.parents().first().write(head);
    header.parents().second().write(head);
    header.base().write(head);
    target.write(head.putInt(changeset.length()).array());
    changeset.stream().transferTo(target);
    bytes += head.capacity() + (long) changeset.length();
    nodes.add(header.node());
    parents.addAll(header.parents().present());
  }

  /** Returns the changesets that have no child in the window. */
  List<Node> heads() {
    List<Node> heads = new ArrayList<>(nodes);
    heads.removeIf(parents::contains);
    return heads;
  }

  /** Gives all that waited, in order, and is empty then. */
  void release(Receiver receiver) throws IOException {
    if (out != null) {
      out.close();
      out = null;
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER))) {
      for (Node node : nodes) {
        ByteBuffer head = ByteBuffer.wrap(in.readNBytes(HEADER + Integer.BYTES));
        DeltaHeader header =
            new DeltaHeader(
                Node.read(head),
                new Parents(Node.read(head), Node.read(head)),
                Node.read(head),
                node,
                0);
        int length = head.getInt();
        ByteBuffer delta = length > BUFFER ? null : ByteBuffer.wrap(in.readNBytes(length));
        receiver.receive(header, new SentData(length, delta, in));
      }
    }
    nodes.clear();
    parents.clear();
    bytes = 0;
  }

  @Override
  public void close() throws IOException {
    try {
      if (out != null) {
        out.close();
      }
    } finally {
      Files.deleteIfExists(file);
    }
  }
}
