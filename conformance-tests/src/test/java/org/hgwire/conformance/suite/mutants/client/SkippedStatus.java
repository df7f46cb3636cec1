// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants.client;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborMap;

/**
 * Takes the first object of a response, whatever it is, for the status of one that succeeds. A rule
 * of CBOR is not checked while it is skipped.
 */
final class SkippedStatus implements UnaryOperator<ByteString> {
  /** A rule of CBOR. */
  enum Rule {
    /** A length does not have a reserved form. */
    RESERVED_LENGTH,
    /** A break ends something. */
    BREAK,
    /** Values nest to some depth. */
    DEPTH,
    /** Lengths have 32 bits; without the rule, their higher bits are lost. */
    LENGTH
  }

  /** The status of a response that succeeds. */
  static final ByteString OK =
      CborEncoder.encode(CborMap.builder().put("status", ByteString.utf8("ok")).build());

  private static final int BREAK = 0xff;
  private static final int MAX_DEPTH = 64;

  private final Set<Rule> rules;

  SkippedStatus(Rule... unchecked) {
    rules = EnumSet.allOf(Rule.class);
    rules.removeAll(List.of(unchecked));
  }

  @Override
  public ByteString apply(ByteString objects) {
    ByteBuffer input = objects.asByteBuffer();
    if (!skip(input)) {
      return objects;
    }
    return withOk(ByteString.copyOf(input));
  }

  /** Returns the response that succeeds with these objects. */
  static ByteString withOk(ByteString objects) {
    return ByteString.copyOf(
        ByteBuffer.allocate(OK.length() + objects.length())
            .put(OK.asByteBuffer())
            .put(objects.asByteBuffer())
            .flip());
  }

  /** Skips a value, and returns whether it keeps the rules. */
  private boolean skip(ByteBuffer input) {
    int depth = 0;
    for (long values = 1; values > 0; values--) {
      if (!input.hasRemaining()) {
        return false;
      }
      int first = input.get() & 0xff;
      int info = first & 31;
      boolean reserved = info > 27 && first != BREAK;
      if ((reserved && rules.contains(Rule.RESERVED_LENGTH))
          || (first == BREAK && rules.contains(Rule.BREAK))) {
        return false;
      }
      long argument = reserved || first == BREAK ? 0 : argument(input, info);
      if (argument > Integer.MAX_VALUE) {
        if (rules.contains(Rule.LENGTH)) {
          return false;
        }
        argument = Math.max((int) argument, 0);
      }
      int major = first >> 5;
      if (major == 2 || major == 3) {
        input.position(Math.min(input.limit(), input.position() + (int) argument));
      } else if (major == 4 || major == 5) {
        values += argument * (major - 3);
        depth++;
        if (depth > MAX_DEPTH && rules.contains(Rule.DEPTH)) {
          return false;
        }
      }
    }
    return true;
  }

  private static long argument(ByteBuffer input, int info) {
    return switch (info) {
      case 24 -> input.get() & 0xff;
      case 25 -> input.getShort() & 0xffff;
      case 26 -> input.getInt() & 0xffff_ffffL;
      case 27 -> input.getLong();
      default -> info;
    };
  }
}
