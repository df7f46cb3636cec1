// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A range of addresses, such as {@code 10.0.0.0/8} or {@code 2001:db8::/32} (RFC 4632, RFC 4291).
 * IPv4 ranges contain mapped IPv6 addresses ({@code ::ffff:10.0.0.1}) too, and a range of mapped
 * addresses is the IPv4 range that it maps; other IPv6 ranges, including {@code ::/0}, contain no
 * IPv4 address. Immutable, and small enough for tables of many thousands.
 */
public final class Cidr {
  /** Bits of the first address, left-aligned: IPv4 in the upper half of {@code high}. */
  private final long high;

  private final long low;
  private final long highMask;
  private final long lowMask;
  private final boolean ipv4;
  private final int prefixLength;

  private Cidr(long high, long low, boolean ipv4, int prefixLength) {
    this.high = high;
    this.low = low;
    this.ipv4 = ipv4;
    this.prefixLength = prefixLength;
    highMask = mask(prefixLength);
    lowMask = mask(prefixLength - 64);
  }

  /**
   * Returns the range of a network.
   *
   * @param network the first address
   * @param prefixLength how many leading bits count, 0 to 32 or 0 to 128; 96 to 128 of a mapped one
   * @throws IllegalArgumentException if the address has fewer bits, or bits after the prefix are
   *     set
   */
  public static Cidr of(InetAddress network, int prefixLength) {
    byte[] given = network.getAddress();
    byte[] bytes = unmapped(given);
    int prefix = prefixLength - (given.length - bytes.length) * Byte.SIZE;
    if (prefix < 0 || prefix > bytes.length * Byte.SIZE) {
      throw new IllegalArgumentException(
          network.getHostAddress() + " has no prefix of " + prefixLength + " bits");
    }
    Cidr range = new Cidr(high(bytes), low(bytes), bytes.length == Integer.BYTES, prefix);
    if ((range.high & ~range.highMask) != 0 || (range.low & ~range.lowMask) != 0) {
      throw new IllegalArgumentException(
          network.getHostAddress() + "/" + prefixLength + " has bits set after the prefix");
    }
    return range;
  }

  /**
   * Parses a range; a single address is a range of one. Names are not resolved; zone ids and short
   * forms of IPv4 are refused.
   *
   * @throws IllegalArgumentException if {@code text} is not a range, or has bits set after the
   *     prefix
   */
  public static Cidr parse(String text) {
    int slash = text.indexOf('/');
    String first = slash < 0 ? text : text.substring(0, slash);
    InetAddress network = AddressLiteral.parse(first);
    if (network == null) {
      throw new IllegalArgumentException(
          "neither an address nor a range such as 10.0.0.0/8: " + text);
    }
    int bits = network.getAddress().length * Byte.SIZE;
    return of(network, slash < 0 ? bits : prefixLength(text.substring(slash + 1), text));
  }

  private static int prefixLength(String digits, String text) {
    if (!digits.matches("0|[1-9][0-9]{0,2}")) {
      throw new IllegalArgumentException("the prefix is not a number of bits: " + text);
    }
    return Integer.parseInt(digits);
  }

  /** Returns the first address. */
  public InetAddress network() {
    ByteBuffer bytes = ByteBuffer.allocate(ipv4 ? 4 : 16);
    if (ipv4) {
      bytes.putInt((int) (high >>> 32));
    } else {
      bytes.putLong(high).putLong(low);
    }
    try {
      return InetAddress.getByAddress(bytes.array());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 or 16 bytes are an address", e);
    }
  }

  /** Returns how many leading bits count. */
  public int prefixLength() {
    return prefixLength;
  }

  /** Returns whether it is a range of IPv4. */
  public boolean isIpv4() {
    return ipv4;
  }

  /** Returns whether the address is in the range. */
  public boolean contains(InetAddress address) {
    byte[] bytes = unmapped(address.getAddress());
    return ipv4 == (bytes.length == Integer.BYTES)
        && (high(bytes) & highMask) == high
        && (low(bytes) & lowMask) == low;
  }

  /** Returns the IPv4 address inside a mapped one ({@code ::ffff:a.b.c.d}); any other as it is. */
  static byte[] unmapped(byte[] address) {
    if (address.length != 16 || high(address) != 0) {
      return address;
    }
    long low = low(address);
    return low >>> 32 == 0xffff
        ? ByteBuffer.allocate(Integer.BYTES).putInt((int) low).array()
        : address;
  }

  private static long high(byte[] address) {
    ByteBuffer bytes = ByteBuffer.wrap(address);
    return address.length == Integer.BYTES ? (long) bytes.getInt() << 32 : bytes.getLong();
  }

  private static long low(byte[] address) {
    return address.length == Integer.BYTES ? 0 : ByteBuffer.wrap(address).getLong(Long.BYTES);
  }

  /** Returns a mask of the upper bits; shifts by 64 are shifts by 0 in Java. */
  private static long mask(int bits) {
    return bits <= 0 ? 0 : -1L << (64 - Math.min(bits, 64));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Cidr that
        && high == that.high
        && low == that.low
        && ipv4 == that.ipv4
        && prefixLength == that.prefixLength;
  }

  @Override
  public int hashCode() {
    return (Long.hashCode(high) * 31 + Long.hashCode(low)) * 257
        + prefixLength * 2
        + (ipv4 ? 1 : 0);
  }

  /** Returns the range in the form that {@link #parse} accepts. */
  @Override
  public String toString() {
    return network().getHostAddress() + "/" + prefixLength;
  }
}
