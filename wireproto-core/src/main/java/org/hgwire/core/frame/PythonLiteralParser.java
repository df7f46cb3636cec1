// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.frame;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBoolean;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborNull;
import org.hgwire.core.cbor.CborSet;
import org.hgwire.core.cbor.CborValue;

/**
 * Reads the Python literals that Mercurial's CBOR can express: None, True, False, decimal integers,
 * byte strings in either kind of quotes, lists and tuples (both are arrays), sets, dicts.
 */
final class PythonLiteralParser {
  /** 2^64 has 20 digits: a longer integer cannot be CBOR. */
  private static final int MAX_DIGITS = 20;

  private final String text;
  private final int maxDepth = WireLimits.defaults().intOf(WireLimit.MAX_CBOR_DEPTH);
  private int at;
  private int depth;

  private PythonLiteralParser(String text) {
    this.text = text;
  }

  /**
   * Reads one value.
   *
   * @throws IllegalArgumentException if {@code text} is not exactly one literal
   */
  static CborValue parse(String text) {
    PythonLiteralParser parser = new PythonLiteralParser(text);
    CborValue value = parser.value();
    parser.skipSpace();
    if (parser.at < text.length()) {
      throw parser.expected("the end");
    }
    return value;
  }

  private CborValue value() {
    skipSpace();
    if (take("None")) {
      return CborNull.NULL;
    }
    if (take("True")) {
      return CborBoolean.TRUE;
    }
    if (take("False")) {
      return CborBoolean.FALSE;
    }
    if (take("b'") || take("b\"")) {
      return bytes(text.charAt(at - 1));
    }
    if (take("set()")) {
      return CborSet.of(List.of());
    }
    if (take("[")) {
      return new CborArray(items("]"));
    }
    if (take("(")) {
      return tuple();
    }
    return take("{") ? mapOrSet() : integer();
  }

  private CborInteger integer() {
    int start = at;
    boolean sign = take("-");
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    int digits = at - start - (sign ? 1 : 0);
    if (digits == 0) {
      at = start;
      throw expected("a value");
    }
    if (digits > MAX_DIGITS) {
      throw new IllegalArgumentException("an integer of " + digits + " digits is not CBOR");
    }
    return CborInteger.of(new BigInteger(text.substring(start, at)));
  }

  private CborBytes bytes(char quote) {
    int start = at;
    while (at < text.length() && text.charAt(at) != quote) {
      at += text.charAt(at) == '\\' ? 2 : 1;
    }
    if (at >= text.length()) {
      at = text.length();
      throw expected("the " + quote + " that ends a byte string");
    }
    String escaped = text.substring(start, at++);
    if (!escaped.chars().allMatch(c -> c < 0x80)) {
      throw new IllegalArgumentException("a byte string literal holds only ASCII");
    }
    return new CborBytes(ByteString.copyOf(Escapes.parse(escaped)));
  }

  /** Reads a tuple; parentheses around one value without a comma are just that value. */
  private CborValue tuple() {
    int start = at;
    List<CborValue> items = items(")");
    boolean comma = text.substring(start, at - 1).stripTrailing().endsWith(",");
    return items.size() == 1 && !comma ? items.get(0) : new CborArray(items);
  }

  private CborValue mapOrSet() {
    enter();
    skipSpace();
    if (take("}")) {
      depth--;
      return CborMap.empty();
    }
    CborValue first = value();
    skipSpace();
    if (take(":")) {
      CborMap.Builder map = CborMap.builder().put(first, value());
      while (another("}")) {
        CborValue key = value();
        skipSpace();
        if (!take(":")) {
          throw expected(":");
        }
        map.put(key, value());
      }
      depth--;
      return map.build();
    }
    List<CborValue> members = new ArrayList<>(List.of(first));
    while (another("}")) {
      members.add(value());
    }
    depth--;
    return CborSet.of(members);
  }

  private List<CborValue> items(String close) {
    enter();
    List<CborValue> items = new ArrayList<>();
    skipSpace();
    if (!take(close)) {
      do {
        items.add(value());
      } while (another(close));
    }
    depth--;
    return items;
  }

  /** Reads what follows an item; returns whether that is another item rather than {@code close}. */
  private boolean another(String close) {
    skipSpace();
    if (take(close)) {
      return false;
    }
    if (!take(",")) {
      throw expected(", or " + close);
    }
    skipSpace();
    return !take(close);
  }

  private void enter() {
    if (++depth > maxDepth) {
      throw new IllegalArgumentException("values nest deeper than " + maxDepth);
    }
  }

  private boolean take(String token) {
    if (!text.startsWith(token, at)) {
      return false;
    }
    at += token.length();
    return true;
  }

  private void skipSpace() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
  }

  private IllegalArgumentException expected(String what) {
    int end = Math.min(text.length(), at + 20);
    return new IllegalArgumentException(
        "expected "
            + what
            + " at character "
            + at
            + " of the value, not \""
            + Escapes.visible(text.substring(at, end))
            + "\"");
  }
}
