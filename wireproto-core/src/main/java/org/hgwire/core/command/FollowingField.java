// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.MapReader;
import org.hgwire.core.cbor.ValueReader;
import org.jspecify.annotations.Nullable;

/**
 * A field whose data follows a record as a separate byte string (wireprotocolv2, changesetdata,
 * {@code fieldsfollowing}).
 *
 * @param name the field: {@link #REVISION} or {@link #DELTA}
 * @param size its size in bytes, not negative
 */
public record FollowingField(ByteString name, long size) {
  /** The whole text of a revision. */
  public static final ByteString REVISION = ByteString.utf8("revision");

  /** A delta against another revision. */
  public static final ByteString DELTA = ByteString.utf8("delta");

  private static final String KEY = "fieldsfollowing";
  private static final CborBytes CBOR_KEY = CborBytes.utf8(KEY);

  /** Checks the size. */
  public FollowingField {
    if (size < 0) {
      throw new IllegalArgumentException("a size is not negative: " + size);
    }
  }

  static List<FollowingField> readAll(MapReader record) {
    ValueReader values = record.values();
    List<FollowingField> fields = new ArrayList<>();
    Set<ByteString> names = new HashSet<>();
    for (CborValue item : record.optionalArray(KEY)) {
      // "Each value is an array with 2 elements: the bytestring field name and an unsigned integer
      // describing the length of the data, in bytes."
      List<CborValue> pair = values.array(item, "an item of " + KEY);
      if (pair.size() != 2) {
        throw record.fault("an item of " + KEY + " has " + pair.size() + " elements, not 2");
      }
      ByteString name = values.bytes(pair.get(0), "a name in " + KEY);
      if (!names.add(name)) {
        throw record.fault(KEY + " names " + name.excerpt() + " twice");
      }
      fields.add(new FollowingField(name, values.unsigned(pair.get(1), "a size in " + KEY)));
    }
    return List.copyOf(fields);
  }

  static @Nullable FollowingField find(List<FollowingField> fields, ByteString name) {
    for (FollowingField field : fields) {
      if (field.name.equals(name)) {
        return field;
      }
    }
    return null;
  }

  static void put(CborMap.Builder record, List<FollowingField> fields) {
    if (!fields.isEmpty()) {
      CborValue[] items = new CborValue[fields.size()];
      for (int i = 0; i < items.length; i++) {
        FollowingField field = fields.get(i);
        items[i] = CborArray.of(new CborBytes(field.name), CborInteger.of(field.size));
      }
      record.put(CBOR_KEY, CborArray.of(items));
    }
  }
}
