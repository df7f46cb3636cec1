// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBoolean;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborSet;
import org.hgwire.core.cbor.CborValue;

/**
 * Takes values of the types a command asks for, and blames the peer for any other.
 *
 * @param code what an error is reported as
 * @param where what is being read, as it is named in errors
 */
record ValueReader(WireErrorCode code, String where) {
  /** How much of a peer's value is repeated in an error. */
  private static final int QUOTED = 64;

  WireProtocolException fault(String what) {
    return WireProtocolException.request(code, where + ": " + what);
  }

  /** Returns {@code text} for an error: printable, and cut when it is long. */
  static String quote(ByteString text) {
    return text.length() <= QUOTED ? text.toString() : text.substring(0, QUOTED) + "…";
  }

  ByteString bytes(CborValue value, String name) {
    if (value instanceof CborBytes bytes) {
      return bytes.value();
    }
    throw unexpected(value, name, "a byte string");
  }

  boolean bool(CborValue value, String name) {
    if (value instanceof CborBoolean bool) {
      return bool.value();
    }
    throw unexpected(value, name, "a boolean");
  }

  long unsigned(CborValue value, String name) {
    if (value instanceof CborInteger integer && !integer.negative()) {
      if (integer.isLong()) {
        return integer.longValueExact();
      }
      throw fault(name + " is " + integer + ", more than 63 bits hold");
    }
    throw unexpected(value, name, "an unsigned integer");
  }

  Node node(CborValue value, String name) {
    ByteString bytes = bytes(value, name);
    if (bytes.length() != Node.BYTES) {
      throw fault(name + " holds a node of " + bytes.length() + " bytes, not 20");
    }
    return Node.of(bytes);
  }

  CborMap map(CborValue value, String name) {
    if (value instanceof CborMap map) {
      return map;
    }
    throw unexpected(value, name, "a map");
  }

  List<CborValue> array(CborValue value, String name) {
    if (value instanceof CborArray array) {
      return array.items();
    }
    throw unexpected(value, name, "an array");
  }

  /** Takes a set; Mercurial takes an array in its place, and so is it here. */
  List<CborValue> members(CborValue value, String name) {
    return value instanceof CborSet set ? set.members() : array(value, name);
  }

  List<Node> nodes(CborValue value, String name) {
    List<CborValue> items = array(value, name);
    List<Node> nodes = new ArrayList<>(items.size());
    for (CborValue item : items) {
      nodes.add(node(item, name));
    }
    return nodes;
  }

  List<ByteString> byteStrings(CborValue value, String name) {
    List<CborValue> items = members(value, name);
    List<ByteString> strings = new ArrayList<>(items.size());
    for (CborValue item : items) {
      strings.add(bytes(item, name));
    }
    return strings;
  }

  private WireProtocolException unexpected(CborValue value, String name, String expected) {
    return fault(name + " is " + TypeName.of(value) + ", not " + expected);
  }
}
