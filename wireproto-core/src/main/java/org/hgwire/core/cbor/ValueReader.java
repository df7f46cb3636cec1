// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.ErrorOrigin;
import org.hgwire.core.ErrorScope;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;

/**
 * Reads values of the types that a message requires. A value of another type is a fault of the
 * peer: every method throws what {@link #fault} returns.
 *
 * <p>The parameter {@code name} of the methods is the name of the value in the message.
 *
 * @param what what is read, as the message begins: {@code content location}
 * @param code the code of the exceptions
 * @param scope the scope of the exceptions
 */
public record ValueReader(String what, WireErrorCode code, ErrorScope scope) {
  /** Returns a reader of what a client sent for one request. */
  public static ValueReader request(String what) {
    return new ValueReader(what, WireErrorCode.BAD_REQUEST, ErrorScope.REQUEST);
  }

  /** Returns a reader of what a server sent for one request. */
  public static ValueReader response(String what) {
    return new ValueReader(what, WireErrorCode.BAD_RESPONSE, ErrorScope.REQUEST);
  }

  /** Returns a reader for a part of what this one reads. */
  public ValueReader inside(String part) {
    return new ValueReader(part + " of " + what, code, scope);
  }

  /** Returns an exception that says {@code fault} about what is read. */
  public WireProtocolException fault(String fault) {
    return new WireProtocolException(code, scope, ErrorOrigin.LOCAL, what + ": " + fault);
  }

  private WireProtocolException unexpected(CborValue value, String name, String expected) {
    return fault(name + " is " + value.typeName() + ", not " + expected);
  }

  /** Returns a reader for the fields of {@code value}, which must be a map. */
  public MapReader fields(CborValue value) {
    return new MapReader(map(value, "it"), this);
  }

  /** Reads a map. */
  public CborMap map(CborValue value, String name) {
    if (value instanceof CborMap map) {
      return map;
    }
    throw unexpected(value, name, "a map");
  }

  /** Reads an array and returns its items. */
  public List<CborValue> array(CborValue value, String name) {
    if (value instanceof CborArray array) {
      return array.items();
    }
    throw unexpected(value, name, "an array");
  }

  /** Reads a set, or an array in its place, which Mercurial accepts as well. */
  public List<CborValue> members(CborValue value, String name) {
    return value instanceof CborSet set ? set.members() : array(value, name);
  }

  /** Reads an array of byte strings. */
  public List<ByteString> byteStrings(CborValue value, String name) {
    return byteStrings(array(value, name), name);
  }

  /** Reads a set of byte strings, or an array in its place. */
  public List<ByteString> byteStringSet(CborValue value, String name) {
    return byteStrings(members(value, name), name);
  }

  private List<ByteString> byteStrings(List<CborValue> items, String name) {
    List<ByteString> strings = new ArrayList<>(items.size());
    for (CborValue item : items) {
      strings.add(bytes(item, name));
    }
    return strings;
  }

  /** Reads a byte string. */
  public ByteString bytes(CborValue value, String name) {
    if (value instanceof CborBytes bytes) {
      return bytes.value();
    }
    throw unexpected(value, name, "a byte string");
  }

  /** Reads false or true. */
  public boolean bool(CborValue value, String name) {
    if (value instanceof CborBoolean bool) {
      return bool.value();
    }
    throw unexpected(value, name, "a boolean");
  }

  /** Reads an integer that fits in a {@code long}. */
  public long integer(CborValue value, String name) {
    if (!(value instanceof CborInteger integer)) {
      throw unexpected(value, name, "an integer");
    }
    if (!integer.isLong()) {
      throw fault(name + " is " + integer + ", which does not fit in 64 signed bits");
    }
    return integer.longValueExact();
  }

  /** Reads an integer from 0 to 2<sup>63</sup> - 1. */
  public long unsigned(CborValue value, String name) {
    if (value instanceof CborInteger integer && integer.negative()) {
      throw unexpected(value, name, "an unsigned integer");
    }
    return integer(value, name);
  }
}
