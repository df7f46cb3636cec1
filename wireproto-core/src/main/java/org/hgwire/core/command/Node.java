// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborBytes;

/**
 * The identity of a revision: the 20 bytes of a SHA-1 hash, stored without an array.
 *
 * <p>The natural order is that of the bytes, unsigned.
 *
 * @param high bytes 0 to 7, big endian
 * @param middle bytes 8 to 15, big endian
 * @param low bytes 16 to 19, big endian
 */
public record Node(long high, long middle, int low) implements Comparable<Node> {
  /** The length of a node in bytes. */
  public static final int BYTES = 20;

  /** The null node: the parent of a root. */
  public static final Node NULL = new Node(0, 0, 0);

  private static final CborBytes NULL_CBOR = new CborBytes(NULL.toByteString());

  /** Reads a node at the position of {@code input}, which moves by {@link #BYTES}. */
  public static Node read(ByteBuffer input) {
    return new Node(input.getLong(), input.getLong(), input.getInt());
  }

  /**
   * Returns the node of {@code bytes}.
   *
   * @throws IllegalArgumentException if they are not 20
   */
  public static Node of(ByteString bytes) {
    if (bytes.length() != BYTES) {
      throw new IllegalArgumentException("a node has 20 bytes, not " + bytes.length());
    }
    return read(bytes.asByteBuffer());
  }

  /**
   * Returns the node that 40 hexadecimal digits denote.
   *
   * @throws IllegalArgumentException if {@code hex} is not that
   */
  public static Node fromHex(String hex) {
    return of(ByteString.fromHex(hex));
  }

  /** Writes the node at the position of {@code output}, which moves by {@link #BYTES}. */
  public void write(ByteBuffer output) {
    output.putLong(high).putLong(middle).putInt(low);
  }

  /** Returns the 20 bytes. */
  public ByteString toByteString() {
    return ByteString.copyOf(toByteArray());
  }

  /** Returns the 20 bytes as a value. */
  CborBytes toCbor() {
    return isNull() ? NULL_CBOR : new CborBytes(toByteString());
  }

  /** Returns the 20 bytes in a new array. */
  public byte[] toByteArray() {
    byte[] bytes = new byte[BYTES];
    write(ByteBuffer.wrap(bytes));
    return bytes;
  }

  /** Returns whether this is the null node. */
  public boolean isNull() {
    return equals(NULL);
  }

  /** Returns the 40 hexadecimal digits, in lower case. */
  public String hex() {
    return HexFormat.of().toHexDigits(high)
        + HexFormat.of().toHexDigits(middle)
        + HexFormat.of().toHexDigits(low);
  }

  @Override
  public int compareTo(Node other) {
    int order = Long.compareUnsigned(high, other.high);
    if (order == 0) {
      order = Long.compareUnsigned(middle, other.middle);
    }
    return order == 0 ? Integer.compareUnsigned(low, other.low) : order;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(high);
  }

  @Override
  public String toString() {
    return hex();
  }
}
