// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.hgwire.core.ByteString;

/**
 * A byte string of definite length (major type 2).
 *
 * @param value the bytes
 */
public record CborBytes(ByteString value) implements CborValue {
  /** Returns the UTF-8 bytes of {@code text} as a byte string. */
  public static CborBytes utf8(String text) {
    return new CborBytes(ByteString.utf8(text));
  }

  static List<CborValue> all(Collection<ByteString> strings) {
    List<CborValue> items = new ArrayList<>(strings.size());
    for (ByteString string : strings) {
      items.add(new CborBytes(string));
    }
    return items;
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitBytes(this);
  }
}
