// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import java.util.List;

/**
 * An array (major type 4, definite length).
 *
 * @param items the items, in order
 */
public record CborArray(List<CborValue> items) implements CborValue {
  /** Copies the items. */
  public CborArray {
    items = List.copyOf(items);
  }

  /** Returns an array of {@code items}. */
  public static CborArray of(CborValue... items) {
    return new CborArray(List.of(items));
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitArray(this);
  }
}
