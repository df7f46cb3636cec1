// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import java.nio.ByteBuffer;
import java.util.List;
import org.hgwire.core.ByteString;

/**
 * Encodes values deterministically into a buffer that grows: lengths in the shortest form, keys and
 * members sorted (null, false, true, byte strings, integers).
 *
 * <p>Nested values are encoded recursively, with a few stack frames per level. Not safe for use by
 * several threads.
 */
public final class CborEncoder {
  private static final int UNSIGNED = 0 << 5;
  private static final int NEGATIVE = 1 << 5;
  private static final int BYTES = 2 << 5;
  private static final int ARRAY = 4 << 5;
  private static final int MAP = 5 << 5;
  private static final int TAG = 6 << 5;
  private static final int SIMPLE = 7 << 5;
  private static final int INDEFINITE = 31;
  private static final int SET_TAG = 258;

  /** The initial byte and a 64-bit argument. */
  private static final int MAX_HEAD = 9;

  /** What every JVM can allocate. */
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  private final Writer writer = new Writer();

  /** What was appended ends at its position and starts at {@link #taken}. */
  private ByteBuffer buffer = ByteBuffer.allocate(64);

  private int taken;

  /** Makes an encoder with an empty buffer. */
  public CborEncoder() {}

  /** Returns the encoding of {@code value}. */
  public static ByteString encode(CborValue value) {
    return ByteString.copyOf(new CborEncoder().value(value).take());
  }

  /** Appends a whole value. */
  public CborEncoder value(CborValue value) {
    return value.accept(writer);
  }

  /**
   * Appends the head of a byte string of {@code length} bytes; {@link #raw} appends its bytes.
   *
   * @throws IllegalArgumentException if {@code length} is negative
   */
  public CborEncoder bytesHead(long length) {
    if (length < 0) {
      throw new IllegalArgumentException("a byte string cannot have " + length + " bytes");
    }
    return head(BYTES, length);
  }

  /**
   * Appends the start of an indefinite byte string; definite byte strings follow, then the break.
   */
  public CborEncoder indefiniteBytesStart() {
    return initialByte(BYTES | INDEFINITE);
  }

  /** Appends the break that ends an indefinite byte string. */
  public CborEncoder indefiniteBytesEnd() {
    return initialByte(SIMPLE | INDEFINITE);
  }

  /** Appends the remaining bytes of {@code bytes} unchanged; its position does not move. */
  public CborEncoder raw(ByteBuffer bytes) {
    room(bytes.remaining()).put(bytes.duplicate());
    return this;
  }

  /** Returns the number of bytes that {@link #take} would return. */
  public int size() {
    return buffer.position() - taken;
  }

  /**
   * Returns what was appended since the last call: a read-only view of the encoder's buffer, valid
   * until the next append.
   */
  public ByteBuffer take() {
    int from = taken;
    taken = buffer.position();
    return buffer.asReadOnlyBuffer().position(from).limit(taken).slice();
  }

  private CborEncoder head(int major, long argument) {
    ByteBuffer target = room(MAX_HEAD);
    if (argument >= 0 && argument < 24) {
      target.put((byte) (major | (int) argument));
    } else if (argument >>> 8 == 0) {
      target.put((byte) (major | 24)).put((byte) argument);
    } else if (argument >>> 16 == 0) {
      target.put((byte) (major | 25)).putShort((short) argument);
    } else if (argument >>> 32 == 0) {
      target.put((byte) (major | 26)).putInt((int) argument);
    } else {
      target.put((byte) (major | 27)).putLong(argument);
    }
    return this;
  }

  private CborEncoder initialByte(int initial) {
    room(1).put((byte) initial);
    return this;
  }

  /** Returns the buffer with room for {@code more} bytes; drops what was taken. */
  private ByteBuffer room(int more) {
    if (taken > 0 && taken == buffer.position()) {
      buffer.clear();
      taken = 0;
    }
    if (buffer.remaining() < more) {
      long needed = (long) buffer.position() - taken + more;
      if (needed > MAX_ARRAY) {
        throw new IllegalStateException(
            "the encoder's buffer cannot hold " + needed + " bytes: take them in between");
      }
      int capacity = (int) Math.min(MAX_ARRAY, Math.max(needed, buffer.capacity() * 2L));
      ByteBuffer larger = ByteBuffer.allocate(capacity);
      larger.put(buffer.flip().position(taken));
      buffer = larger;
      taken = 0;
    }
    return buffer;
  }

  private final class Writer implements CborValue.Visitor<CborEncoder> {
    @Override
    public CborEncoder visitNull(CborNull value) {
      return initialByte(SIMPLE | 22);
    }

    @Override
    public CborEncoder visitBoolean(CborBoolean value) {
      return initialByte(SIMPLE | (value.value() ? 21 : 20));
    }

    @Override
    public CborEncoder visitInteger(CborInteger value) {
      return head(value.negative() ? NEGATIVE : UNSIGNED, value.argument());
    }

    @Override
    public CborEncoder visitBytes(CborBytes value) {
      ByteString bytes = value.value();
      head(BYTES, bytes.length());
      bytes.putTo(room(bytes.length()));
      return CborEncoder.this;
    }

    @Override
    public CborEncoder visitArray(CborArray value) {
      List<CborValue> items = value.items();
      int size = items.size();
      head(ARRAY, size);
      for (int i = 0; i < size; i++) {
        items.get(i).accept(this);
      }
      return CborEncoder.this;
    }

    @Override
    public CborEncoder visitSet(CborSet value) {
      head(TAG, SET_TAG);
      head(ARRAY, value.members().size());
      value.sorted().forEach(member -> member.accept(this));
      return CborEncoder.this;
    }

    @Override
    public CborEncoder visitMap(CborMap value) {
      head(MAP, value.size());
      for (CborValue keyOrValue : value.sorted()) {
        keyOrValue.accept(this);
      }
      return CborEncoder.this;
    }
  }
}
