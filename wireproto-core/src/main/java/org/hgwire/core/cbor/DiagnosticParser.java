// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Reads one value in diagnostic notation; see {@link DiagnosticNotation#parse}. */
final class DiagnosticParser {
  /** Bounds recursion; fixed, because notation is written by people and tests, not by a peer. */
  private static final int MAX_DEPTH = 100;

  /** 2<sup>64</sup> has 20 digits: a longer integer cannot be CBOR. */
  private static final int MAX_DIGITS = 20;

  private final NotationText text;
  private int depth;

  DiagnosticParser(String text) {
    this.text = new NotationText(text);
  }

  CborValue parse() {
    CborValue value = value();
    text.skipSpace();
    if (!text.atEnd()) {
      throw text.error(text.index(), "one value was expected, but more follows it");
    }
    return value;
  }

  private CborValue value() {
    text.skipSpace();
    char c = text.peek();
    if (c == '[') {
      return nested(this::array);
    }
    if (c == '{') {
      return nested(this::mapOrSet);
    }
    if (c == '\'') {
      return new CborBytes(new StringLiteral(text).text());
    }
    if (c == '-' || isDigit(c)) {
      return number();
    }
    return word();
  }

  private CborValue nested(Supplier<CborValue> container) {
    if (depth == MAX_DEPTH) {
      throw text.error(text.index(), "nested deeper than " + MAX_DEPTH + " levels");
    }
    depth++;
    CborValue value = container.get();
    depth--;
    return value;
  }

  private CborArray array() {
    text.expect('[');
    List<CborValue> items = new ArrayList<>();
    while (!text.accepts(']')) {
      items.add(value());
      endOfItem(']');
    }
    return new CborArray(items);
  }

  private CborValue mapOrSet() {
    int start = text.index();
    text.expect('{');
    if (text.accepts('}')) {
      return CborMap.empty();
    }
    CborValue first = value();
    return text.accepts(':') ? map(start, first) : set(start, first);
  }

  private CborMap map(int start, CborValue firstKey) {
    CborMap.Builder map = CborMap.builder();
    CborValue key = firstKey;
    while (true) {
      CborValue value = value();
      try {
        map.put(key, value);
      } catch (IllegalArgumentException e) {
        throw text.error(start, "in this map, " + e.getMessage());
      }
      endOfItem('}');
      if (text.accepts('}')) {
        return map.build();
      }
      key = value();
      text.expect(':');
    }
  }

  private CborSet set(int start, CborValue firstMember) {
    List<CborValue> members = new ArrayList<>();
    members.add(firstMember);
    endOfItem('}');
    while (!text.accepts('}')) {
      members.add(value());
      endOfItem('}');
    }
    return set(start, members);
  }

  private CborSet set(int start, List<CborValue> members) {
    try {
      return CborSet.of(members);
    } catch (IllegalArgumentException e) {
      throw text.error(start, "in this set, " + e.getMessage());
    }
  }

  /** Reads the comma after an item unless {@code close} is next. */
  private void endOfItem(char close) {
    text.skipSpace();
    if (text.atEnd() || text.peek() != close) {
      text.expect(',');
    }
  }

  private CborValue number() {
    int start = text.index();
    String digits = text.takeNumber();
    String unsigned = digits.startsWith("-") ? digits.substring(1) : digits;
    if (unsigned.isEmpty() || unsigned.length() > MAX_DIGITS || isWordPart()) {
      throw text.error(start, "an integer of at most " + MAX_DIGITS + " digits was expected");
    }
    if (text.accepts('(')) {
      if (!digits.equals("258")) {
        throw text.error(start, "the only tag is 258, on an array");
      }
      text.skipSpace();
      CborValue members = nested(this::array);
      text.expect(')');
      return set(start, ((CborArray) members).items());
    }
    try {
      return CborInteger.of(new BigInteger(digits));
    } catch (IllegalArgumentException e) {
      throw text.error(start, digits + " does not fit in a CBOR integer");
    }
  }

  private CborValue word() {
    int start = text.index();
    String word = text.takeWord();
    return switch (word) {
      case "null", "None" -> CborNull.NULL;
      case "true", "True" -> CborBoolean.TRUE;
      case "false", "False" -> CborBoolean.FALSE;
      case "h" -> new CborBytes(new StringLiteral(text).hex());
      case "b" -> new CborBytes(new StringLiteral(text).python());
      default ->
          throw text.error(
              start, "null, true, false, an integer, h'…', '…', b'…', [ or { was expected");
    };
  }

  private boolean isWordPart() {
    return !text.atEnd() && (Character.isLetterOrDigit(text.peek()) || text.peek() == '.');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
