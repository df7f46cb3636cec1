// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import java.math.BigInteger;

/**
 * An integer from -2<sup>64</sup> to 2<sup>64</sup> - 1 (major types 0 and 1).
 *
 * @param negative whether the value is -1 - {@code argument} (major type 1) rather than {@code
 *     argument}
 * @param argument the encoded argument, as an unsigned 64-bit integer
 */
public record CborInteger(boolean negative, long argument)
    implements CborValue, Comparable<CborInteger> {

  /** Returns {@code value} as a CBOR value. */
  public static CborInteger of(long value) {
    return value >= 0 ? new CborInteger(false, value) : new CborInteger(true, -1 - value);
  }

  /**
   * Returns {@code value} as a CBOR value.
   *
   * @throws IllegalArgumentException if it is outside -2<sup>64</sup> to 2<sup>64</sup> - 1
   */
  public static CborInteger of(BigInteger value) {
    BigInteger argument = value.signum() < 0 ? value.not() : value;
    if (argument.bitLength() > 64) {
      throw new IllegalArgumentException(value + " does not fit in a CBOR integer");
    }
    return new CborInteger(value.signum() < 0, argument.longValue());
  }

  /** Returns whether the value fits in a {@code long}. */
  public boolean isLong() {
    return argument >= 0;
  }

  /**
   * Returns the value.
   *
   * @throws ArithmeticException if it does not fit in a {@code long}
   */
  public long longValueExact() {
    if (argument < 0) {
      throw new ArithmeticException(this + " does not fit in 64 signed bits");
    }
    return negative ? -1 - argument : argument;
  }

  /** Returns the value. */
  public BigInteger toBigInteger() {
    BigInteger unsigned = new BigInteger(Long.toUnsignedString(argument));
    return negative ? unsigned.not() : unsigned;
  }

  @Override
  public int compareTo(CborInteger other) {
    if (negative != other.negative) {
      return negative ? -1 : 1;
    }
    int order = Long.compareUnsigned(argument, other.argument);
    return negative ? -order : order;
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitInteger(this);
  }

  @Override
  public String toString() {
    return toBigInteger().toString();
  }
}
