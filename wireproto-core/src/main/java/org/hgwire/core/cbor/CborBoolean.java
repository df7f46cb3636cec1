// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

/** False or true (simple values 20 and 21). */
public enum CborBoolean implements CborValue {
  /** False. */
  FALSE,
  /** True. */
  TRUE;

  /** Returns {@code value} as a CBOR value. */
  public static CborBoolean of(boolean value) {
    return value ? TRUE : FALSE;
  }

  /** Returns whether this is true. */
  public boolean value() {
    return this == TRUE;
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitBoolean(this);
  }
}
