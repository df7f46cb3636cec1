// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants.client;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.hgwire.core.ByteString;

/**
 * Takes CBOR that the protocol does not have for what it has: values are written anew, without what
 * is wrong in them.
 */
final class LooseCbor implements UnaryOperator<ByteString> {
  /** What is taken. */
  enum Taken {
    /** Text strings. */
    TEXT,
    /** Maps of indefinite length. */
    INDEFINITE,
    /** Keys that a map has already. */
    DUPLICATES
  }

  private static final int BYTES = 2;
  private static final int TEXT = 3;
  private static final int ARRAY = 4;
  private static final int MAP = 5;
  private static final int TAG = 6;
  private static final int BREAK = 0xff;
  private static final int INDEFINITE_MAP = 0xbf;
  private static final int MAP_WITH_SIZE = 0xb8;

  private final Taken taken;

  LooseCbor(Taken taken) {
    this.taken = taken;
  }

  /** Returns sound values for loose ones; what is loose in another way stays as it is. */
  @Override
  public ByteString apply(ByteString values) {
    ByteBuffer input = values.asByteBuffer();
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    while (input.hasRemaining()) {
      output.writeBytes(value(input));
    }
    return ByteString.copyOf(output.toByteArray());
  }

  private byte[] value(ByteBuffer input) {
    ByteBuffer begin = input.duplicate();
    int first = input.get() & 0xff;
    long argument = argument(input, first & 31);
    int major = first >> 5;
    if (major == MAP) {
      return first == INDEFINITE_MAP && taken != Taken.INDEFINITE
          ? since(begin, input.position(input.limit()))
          : map(input, first == INDEFINITE_MAP ? Long.MAX_VALUE : argument);
    }
    if (major == BYTES || major == TEXT) {
      input.position(input.position() + (int) argument);
      byte[] string = since(begin, input);
      string[0] = major == TEXT && taken == Taken.TEXT ? (byte) (first ^ 0x20) : string[0];
      return string;
    }
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    output.writeBytes(since(begin, input));
    long items = major == ARRAY ? argument : major == TAG ? 1 : 0;
    for (long item = 0; item < items; item++) {
      output.writeBytes(value(input));
    }
    return output.toByteArray();
  }

  private byte[] map(ByteBuffer input, long size) {
    Map<ByteString, byte[]> last = new LinkedHashMap<>();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    int count = 0;
    for (; count < size && (input.get(input.position()) & 0xff) != BREAK; count++) {
      byte[] key = value(input);
      byte[] value = value(input);
      last.put(ByteString.copyOf(key), value);
      all.writeBytes(key);
      all.writeBytes(value);
    }
    if (size == Long.MAX_VALUE) {
      input.get();
    }
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    output.write(MAP_WITH_SIZE);
    output.write(taken == Taken.DUPLICATES ? last.size() : count);
    if (taken == Taken.DUPLICATES) {
      last.forEach(
          (key, value) -> {
            output.writeBytes(key.toByteArray());
            output.writeBytes(value);
          });
    } else {
      output.writeBytes(all.toByteArray());
    }
    return output.toByteArray();
  }

  private static byte[] since(ByteBuffer begin, ByteBuffer now) {
    byte[] bytes = new byte[now.position() - begin.position()];
    begin.get(bytes);
    return bytes;
  }

  private static long argument(ByteBuffer input, int info) {
    return switch (info) {
      case 24 -> input.get() & 0xff;
      case 25 -> input.getShort() & 0xffff;
      case 26 -> input.getInt() & 0xffff_ffffL;
      case 27 -> input.getLong();
      default -> info < 24 ? info : 0;
    };
  }
}
