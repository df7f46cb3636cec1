// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.benchmarks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;

/**
 * The files of a changeset, and its manifest. There is one file in each slot; it may give way to
 * another one, whose name has the same length. So a line of the manifest stays where it is, and so
 * does a line of a file, of which one is replaced at a time.
 */
final class SyntheticTree {
  /** The length of a line of a file. */
  static final int LINE = 32;

  private static final int NAME = "s000/f0000000.txt".length();
  private static final int MANIFEST_LINE = NAME + 1 + 2 * Node.BYTES + 1;

  private final byte[][] texts;
  private final Node[] nodes;
  private final byte[] manifest;
  private Node manifestNode = Node.NULL;
  private Node changeset = Node.NULL;

  /** Makes a tree whose slots are to be filled. */
  SyntheticTree(int slots) {
    texts = new byte[slots][];
    nodes = new Node[slots];
    manifest = new byte[slots * MANIFEST_LINE];
  }

  private SyntheticTree(SyntheticTree other) {
    texts = other.texts.clone();
    nodes = other.nodes.clone();
    manifest = other.manifest.clone();
    manifestNode = other.manifestNode;
    changeset = other.changeset;
  }

  /** Returns a tree that begins as this one is. */
  SyntheticTree branch() {
    return new SyntheticTree(this);
  }

  static String name(int slot, long number) {
    return String.format("s%03d/f%07d.txt", slot, number);
  }

  ByteString path(int slot) {
    return ByteString.copyOf(manifest, slot * MANIFEST_LINE, NAME);
  }

  byte[] text(int slot) {
    return texts[slot];
  }

  Node node(int slot) {
    return nodes[slot];
  }

  /** Puts a revision of a file into a slot. */
  void put(int slot, String name, byte[] text, Node node) {
    texts[slot] = text;
    nodes[slot] = node;
    byte[] line = (name + "\0" + node.hex() + "\n").getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(line, 0, manifest, slot * MANIFEST_LINE, MANIFEST_LINE);
  }

  /** Takes over what another tree has in the slots from one on. */
  void merge(SyntheticTree other, int from) {
    for (int slot = from; slot < texts.length; slot++) {
      texts[slot] = other.texts[slot];
      nodes[slot] = other.nodes[slot];
    }
    int at = from * MANIFEST_LINE;
    System.arraycopy(other.manifest, at, manifest, at, manifest.length - at);
  }

  byte[] manifest() {
    return manifest.clone();
  }

  /** Returns the delta that makes the manifest of the one of before, whose bytes are given. */
  ByteBuffer manifestDelta(byte[] before) {
    ByteBuffer delta = ByteBuffer.allocate(texts.length * (MANIFEST_LINE + 12));
    for (int at = 0; at < manifest.length; at += MANIFEST_LINE) {
      if (!Arrays.equals(manifest, at, at + MANIFEST_LINE, before, at, at + MANIFEST_LINE)) {
        delta.putInt(at).putInt(at + MANIFEST_LINE).putInt(MANIFEST_LINE);
        delta.put(manifest, at, MANIFEST_LINE);
      }
    }
    return delta.flip();
  }

  Node manifestNode() {
    return manifestNode;
  }

  Node changeset() {
    return changeset;
  }

  void committed(Node newManifest, Node newChangeset) {
    manifestNode = newManifest;
    changeset = newChangeset;
  }
}
