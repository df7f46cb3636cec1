// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.waiting;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import org.hgwire.core.command.Node;

/**
 * Nodes in an order, found by a hash table with open addressing: 28 to 40 bytes each. Who makes the
 * nodes cannot know their places in it. Not safe for use by several threads.
 */
public final class NodeList {
  private static final long[] FACTORS =
      new SecureRandom().longs(3).map(factor -> factor | 1).toArray();

  private static final int FREE = -1;

  private byte[] nodes = new byte[64 * Node.BYTES];
  private int[] places = filled(256);
  private int count;

  /** Makes an empty list. */
  public NodeList() {}

  private static int[] filled(int size) {
    int[] places = new int[size];
    Arrays.fill(places, FREE);
    return places;
  }

  /** Returns how many there are. */
  public int count() {
    return count;
  }

  /** Returns the node at a position. */
  public Node get(int position) {
    return Node.read(ByteBuffer.wrap(nodes, position * Node.BYTES, Node.BYTES));
  }

  /** Returns the position of a node, or -1. */
  public int find(Node node) {
    return places[place(node)];
  }

  /** Appends a node that is not there. */
  public void add(Node node) {
    if (count == Integer.MAX_VALUE / Node.BYTES) {
      throw new IllegalStateException("more than " + count + " changesets wait");
    }
    if (count >= places.length / 4 * 3) {
      places = filled(2 * places.length);
      for (int position = 0; position < count; position++) {
        places[place(get(position))] = position;
      }
    }
    if ((count + 1) * Node.BYTES > nodes.length) {
      long larger = nodes.length + nodes.length / 4L;
      nodes = Arrays.copyOf(nodes, (int) Math.min(larger, Integer.MAX_VALUE - 64));
    }
    node.write(ByteBuffer.wrap(nodes, count * Node.BYTES, Node.BYTES));
    places[place(node)] = count;
    count++;
  }

  /** Returns the place that has the node, or the one where it is to be put. */
  private int place(Node node) {
    long mixed = node.high() * FACTORS[0] ^ node.middle() * FACTORS[1] ^ node.low() * FACTORS[2];
    mixed *= 0x9e37_79b9_7f4a_7c15L;
    int place = (int) (mixed >>> 32) & (places.length - 1);
    while (places[place] != FREE && !has(places[place], node)) {
      place = (place + 1) & (places.length - 1);
    }
    return place;
  }

  private boolean has(int position, Node node) {
    ByteBuffer at = ByteBuffer.wrap(nodes, position * Node.BYTES, Node.BYTES);
    return at.getLong() == node.high()
        && at.getLong() == node.middle()
        && at.getInt() == node.low();
  }
}
