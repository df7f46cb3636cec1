// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import java.util.Collection;
import java.util.List;
import org.hgwire.core.ByteString;

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

  /** Returns an array of the byte strings {@code items}. */
  public static CborArray ofByteStrings(Collection<ByteString> items) {
    return new CborArray(CborBytes.all(items));
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitArray(this);
  }
}
