// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;

/** The argument {@code fields}. */
final class Fields {
  private static final String KEY = "fields";

  private Fields() {}

  /**
   * Returns arguments with {@code fields}, which is left out when it holds its default, no field.
   */
  static CborMap.Builder arguments(Collection<? extends FieldName> fields) {
    CborMap.Builder arguments = CborMap.builder();
    if (!fields.isEmpty()) {
      arguments.put(KEY, CborLists.setOfStrings(fields.stream().map(FieldName::wireName).toList()));
    }
    return arguments;
  }

  /**
   * Reads the argument.
   *
   * <p>"If this set is advertised and a value not in this set is specified, the command should
   * result in error." (wireprotocolv2, capabilities, validvalues)
   */
  static <F extends Enum<F> & FieldName> Set<F> read(MapReader arguments, Class<F> type) {
    Set<F> fields = EnumSet.noneOf(type);
    CborValue value = arguments.optional(KEY);
    if (value != null) {
      for (ByteString name : arguments.values().byteStrings(value, KEY)) {
        fields.add(named(name, type, arguments));
      }
    }
    return fields;
  }

  private static <F extends Enum<F> & FieldName> F named(
      ByteString name, Class<F> type, MapReader arguments) {
    for (F field : type.getEnumConstants()) {
      if (field.wireName().equals(name)) {
        return field;
      }
    }
    throw arguments.fault("fields holds " + ValueReader.quote(name) + ", which is not known");
  }
}
