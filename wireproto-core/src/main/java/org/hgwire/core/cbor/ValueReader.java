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
 * Takes values of the types that a message asks for, and blames the peer for any other: every
 * method throws what {@link #fault} returns if {@code value} is of another type.
 *
 * <p>The parameter {@code name} of the methods is what the sentence of an error calls the value.
 *
 * @param what what is read, as the sentence of an error begins: {@code content location}
 * @param code the code of the errors
 * @param scope the scope of the errors
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

  /** Returns a reader of a part of what this one reads. */
  public ValueReader inside(String part) {
    return new ValueReader(part + " of " + what, code, scope);
  }

  /** Returns the error that says {@code fault} of what is read. */
  public WireProtocolException fault(String fault) {
    return new WireProtocolException(code, scope, ErrorOrigin.LOCAL, what + ": " + fault);
  }

  private WireProtocolException unexpected(CborValue value, String name, String expected) {
    return fault(name + " is " + value.typeName() + ", not " + expected);
  }

  /** Returns a reader of the fields of {@code value}, the map that is read. */
  public MapReader fields(CborValue value) {
    return new MapReader(map(value, "it"), this);
  }

  /** Takes a map. */
  public CborMap map(CborValue value, String name) {
    if (value instanceof CborMap map) {
      return map;
    }
    throw unexpected(value, name, "a map");
  }

  /** Takes an array and returns its items. */
  public List<CborValue> array(CborValue value, String name) {
    if (value instanceof CborArray array) {
      return array.items();
    }
    throw unexpected(value, name, "an array");
  }

  /** Takes a set; Mercurial takes an array in its place, and so is it here. */
  public List<CborValue> members(CborValue value, String name) {
    return value instanceof CborSet set ? set.members() : array(value, name);
  }

  /** Takes an array of byte strings. */
  public List<ByteString> byteStrings(CborValue value, String name) {
    return byteStrings(array(value, name), name);
  }

  /** Takes a set of byte strings, or an array in its place. */
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

  /** Takes a byte string. */
  public ByteString bytes(CborValue value, String name) {
    if (value instanceof CborBytes bytes) {
      return bytes.value();
    }
    throw unexpected(value, name, "a byte string");
  }

  /** Takes false or true. */
  public boolean bool(CborValue value, String name) {
    if (value instanceof CborBoolean bool) {
      return bool.value();
    }
    throw unexpected(value, name, "a boolean");
  }

  /** Takes an integer that 64 signed bits hold. */
  public long integer(CborValue value, String name) {
    if (!(value instanceof CborInteger integer)) {
      throw unexpected(value, name, "an integer");
    }
    if (!integer.isLong()) {
      throw fault(name + " is " + integer + ", more than 63 bits hold");
    }
    return integer.longValueExact();
  }

  /** Takes an integer that is not negative and that 63 bits hold. */
  public long unsigned(CborValue value, String name) {
    if (value instanceof CborInteger integer && integer.negative()) {
      throw unexpected(value, name, "an unsigned integer");
    }
    return integer(value, name);
  }
}
