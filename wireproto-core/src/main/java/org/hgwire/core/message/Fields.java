// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.message;

import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.ErrorOrigin;
import org.hgwire.core.ErrorScope;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborSet;
import org.hgwire.core.cbor.CborValue;
import org.jspecify.annotations.Nullable;

/**
 * The typed fields of one map that a peer sent: a field of another type, or a missing one that is
 * required, is the peer's fault, reported with the code of the message that is read.
 */
final class Fields {
  private final Source source;
  private final CborMap map;

  private Fields(Source source, CborMap map) {
    this.source = source;
    this.map = map;
  }

  /** What is read, for the errors: its name in a sentence, the code and scope of its faults. */
  record Source(String name, WireErrorCode code, ErrorScope scope) {
    static Source request() {
      return new Source("the command request", WireErrorCode.BAD_REQUEST, ErrorScope.REQUEST);
    }

    static Source settings() {
      return new Source("the sender settings", WireErrorCode.SETTINGS, ErrorScope.CONNECTION);
    }

    static Source response(String name) {
      return new Source(name, WireErrorCode.BAD_RESPONSE, ErrorScope.REQUEST);
    }

    Source inside(String part) {
      return new Source(part + " of " + name, code, scope);
    }

    WireProtocolException fault(String what) {
      return new WireProtocolException(code, scope, ErrorOrigin.LOCAL, name + " " + what);
    }

    Fields map(CborValue value) {
      if (value instanceof CborMap map) {
        return new Fields(this, map);
      }
      throw fault("must be a map, not " + typeOf(value));
    }
  }

  /** Returns the names that people know the types of CBOR by. */
  static String typeOf(CborValue value) {
    return value.accept(TypeName.INSTANCE);
  }

  /** Returns the first bytes of what a peer sent, fit for the sentence of an error. */
  static String excerpt(ByteString bytes) {
    return bytes.length() > 64 ? bytes.substring(0, 64) + "…" : bytes.toString();
  }

  WireProtocolException fault(String what) {
    return source.fault(what);
  }

  Source source() {
    return source;
  }

  @Nullable CborValue optional(String key) {
    return map.get(key);
  }

  CborValue required(String key) {
    CborValue value = map.get(key);
    if (value == null) {
      throw fault("has no '" + key + "'");
    }
    return value;
  }

  ByteString bytes(String key) {
    return bytes(required(key), "'" + key + "'");
  }

  @Nullable ByteString optionalBytes(String key) {
    CborValue value = map.get(key);
    return value == null ? null : bytes(value, "'" + key + "'");
  }

  CborMap requiredMap(String key) {
    return map(required(key), key);
  }

  CborMap optionalMap(String key) {
    CborValue value = map.get(key);
    return value == null ? CborMap.empty() : map(value, key);
  }

  private CborMap map(CborValue value, String key) {
    if (value instanceof CborMap found) {
      return found;
    }
    throw fault("has a '" + key + "' that is not a map but " + typeOf(value));
  }

  /** Returns a required integer that fits in 64 signed bits. */
  long integer(String key) {
    return integer(required(key), key);
  }

  /**
   * Returns {@code value}, the field {@code key}, as an integer that fits in 64 signed bits and is
   * not negative.
   */
  long unsigned(CborValue value, String key) {
    long number = integer(value, key);
    if (number < 0) {
      throw fault("has a '" + key + "' that is negative");
    }
    return number;
  }

  private long integer(CborValue value, String key) {
    if (!(value instanceof CborInteger number)) {
      throw fault("has a '" + key + "' that is not an integer but " + typeOf(value));
    }
    if (!number.isLong()) {
      throw fault("has a '" + key + "' that does not fit in 64 signed bits");
    }
    return number.longValueExact();
  }

  /** Returns the items of an array, or none if the field is missing. */
  List<CborValue> optionalArray(String key) {
    CborValue value = map.get(key);
    return value == null ? List.of() : array(value, key);
  }

  private List<CborValue> array(CborValue value, String key) {
    if (value instanceof CborArray array) {
      return array.items();
    }
    throw fault("has a '" + key + "' that is not an array but " + typeOf(value));
  }

  /** Returns an array of byte strings, none if the field is missing. */
  List<ByteString> optionalByteStrings(String key) {
    return byteStrings(optionalArray(key), key);
  }

  /** Returns a required array or set of byte strings. */
  List<ByteString> byteStringsOrSet(String key) {
    CborValue value = required(key);
    return byteStrings(value instanceof CborSet set ? set.members() : array(value, key), key);
  }

  private List<ByteString> byteStrings(List<CborValue> items, String key) {
    List<ByteString> strings = new ArrayList<>(items.size());
    for (CborValue item : items) {
      strings.add(bytes(item, "an item of '" + key + "'"));
    }
    return strings;
  }

  /** Returns {@code value} as bytes; {@code what} names it in the error. */
  ByteString bytes(CborValue value, String what) {
    if (value instanceof CborBytes bytes) {
      return bytes.value();
    }
    throw fault("has " + what + " that is not a byte string but " + typeOf(value));
  }

  /** Returns an array of byte strings as CBOR. */
  static CborArray arrayOf(List<ByteString> strings) {
    List<CborValue> items = new ArrayList<>(strings.size());
    for (ByteString string : strings) {
      items.add(new CborBytes(string));
    }
    return new CborArray(items);
  }
}
