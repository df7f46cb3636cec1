// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Map.Entry;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborSet;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.MapReader;
import org.hgwire.core.cbor.ValueReader;

/** Reads and writes the arguments that several commands have. */
final class Arguments {
  private static final String FIELDS = "fields";
  private static final String HAVE_PARENTS = "haveparents";

  private Arguments() {}

  /** Reads the arguments of {@code command}, which may only be {@code known} ones. */
  static MapReader read(CborMap arguments, String command, String... known) {
    ValueReader values = ValueReader.request(command);
    Set<String> names = Set.of(known);
    for (Entry<CborValue, CborValue> entry : arguments.entries()) {
      ByteString name = values.bytes(entry.getKey(), "the name of an argument");
      if (!names.contains(name.utf8())) {
        throw values.fault("there is no argument " + name.excerpt());
      }
    }
    return new MapReader(arguments, values);
  }

  /** Returns arguments with {@code fields}, unless that is empty, its default. */
  static CborMap.Builder with(Collection<? extends FieldName> fields) {
    CborMap.Builder arguments = CborMap.builder();
    if (!fields.isEmpty()) {
      arguments.put(
          FIELDS, CborSet.ofByteStrings(fields.stream().map(FieldName::wireName).toList()));
    }
    return arguments;
  }

  /** Returns arguments with both, unless they have their defaults. */
  static CborMap.Builder with(Collection<? extends FieldName> fields, boolean haveParents) {
    CborMap.Builder arguments = with(fields);
    if (haveParents) {
      arguments.put(HAVE_PARENTS, true);
    }
    return arguments;
  }

  /** Reads {@code haveparents}. */
  static boolean haveParents(MapReader arguments) {
    return arguments.bool(HAVE_PARENTS, false);
  }

  /**
   * Reads {@code fields}.
   *
   * <p>"If this set is advertised and a value not in this set is specified, the command should
   * result in error." (wireprotocolv2, capabilities, validvalues)
   */
  static <F extends Enum<F> & FieldName> Set<F> fields(MapReader arguments, Class<F> type) {
    Set<F> fields = EnumSet.noneOf(type);
    for (ByteString name : arguments.optionalByteStringSet(FIELDS)) {
      fields.add(named(name, type, arguments));
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
    throw arguments.fault("fields holds " + name.excerpt() + ", which is unknown");
  }
}
