// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An immutable sequence of bytes with equality by content.
 *
 * <p>Paths, names, keys and messages of the protocol are byte strings: Mercurial does not promise
 * UTF-8. The natural order is that of the protocol: unsigned and lexicographic, a prefix before
 * longer strings. Instances may be shared between threads.
 */
public final class ByteString implements Comparable<ByteString> {
  private static final ByteString EMPTY = new ByteString(new byte[0]);

  private static final int MAX_EXCERPT = 64;

  private final byte[] bytes;

  private ByteString(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Returns the empty string. */
  public static ByteString empty() {
    return EMPTY;
  }

  /** Returns a copy of {@code bytes}. */
  public static ByteString copyOf(byte... bytes) {
    return bytes.length == 0 ? EMPTY : new ByteString(bytes.clone());
  }

  /** Returns a copy of {@code length} bytes of {@code bytes}, from {@code offset} on. */
  public static ByteString copyOf(byte[] bytes, int offset, int length) {
    return length == 0 ? EMPTY : new ByteString(Arrays.copyOfRange(bytes, offset, offset + length));
  }

  /** Returns a copy of the remaining bytes of {@code buffer}, whose position does not change. */
  public static ByteString copyOf(ByteBuffer buffer) {
    byte[] copy = new byte[buffer.remaining()];
    buffer.get(buffer.position(), copy);
    return copy.length == 0 ? EMPTY : new ByteString(copy);
  }

  /** Returns the UTF-8 bytes of {@code text}. */
  public static ByteString utf8(String text) {
    return text.isEmpty() ? EMPTY : new ByteString(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Returns the bytes that {@code hex} denotes, two digits per byte, in either case.
   *
   * @throws IllegalArgumentException if {@code hex} is not an even number of hexadecimal digits
   */
  public static ByteString fromHex(String hex) {
    return hex.isEmpty() ? EMPTY : new ByteString(HexFormat.of().parseHex(hex));
  }

  /** Returns the number of bytes. */
  public int length() {
    return bytes.length;
  }

  /** Returns whether the length is 0. */
  public boolean isEmpty() {
    return bytes.length == 0;
  }

  /** Returns the byte at {@code index}, counted from 0. */
  public byte at(int index) {
    return bytes[index];
  }

  /** Returns the bytes from {@code from} (inclusive) to {@code to} (exclusive). */
  public ByteString substring(int from, int to) {
    if (from == 0 && to == bytes.length) {
      return this;
    }
    if (from < 0 || to > bytes.length || from > to) {
      throw new IndexOutOfBoundsException(from + " to " + to + " of " + bytes.length + " bytes");
    }
    return copyOf(bytes, from, to - from);
  }

  /** Returns whether these bytes begin with {@code prefix}. */
  public boolean startsWith(ByteString prefix) {
    return bytes.length >= prefix.bytes.length
        && Arrays.equals(bytes, 0, prefix.bytes.length, prefix.bytes, 0, prefix.bytes.length);
  }

  /** Returns the index of the first {@code value} at or after {@code from}, or -1. */
  public int indexOf(byte value, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == value) {
        return i;
      }
    }
    return -1;
  }

  /** Returns a read-only view of the bytes; no copy is made. */
  public ByteBuffer asByteBuffer() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  /** Returns a copy of the bytes. */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /** Puts all the bytes into {@code target} at its position, which moves past them. */
  public void putTo(ByteBuffer target) {
    target.put(bytes);
  }

  /** Returns the bytes in lower-case hexadecimal. */
  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  /** Returns the bytes decoded as UTF-8, with a replacement character for what is not UTF-8. */
  public String utf8() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /**
   * Returns the first {@value #MAX_EXCERPT} bytes in the form of {@link #toString}, followed by an
   * ellipsis if there are more: short enough for a message that quotes what a peer sent.
   */
  public String excerpt() {
    return bytes.length <= MAX_EXCERPT ? toString() : substring(0, MAX_EXCERPT) + "…";
  }

  /** Compares unsigned and lexicographically. */
  @Override
  public int compareTo(ByteString other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ByteString that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /**
   * Returns the bytes in readable form: printable ASCII unchanged, a backslash as {@code \\},
   * everything else as {@code \xNN}. The result has no control characters.
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(bytes.length);
    for (byte b : bytes) {
      if (b == '\\') {
        text.append("\\\\");
      } else if (b >= 0x20 && b < 0x7f) {
        text.append((char) b);
      } else {
        text.append("\\x").append(HexFormat.of().toHexDigits(b));
      }
    }
    return text.toString();
  }
}
