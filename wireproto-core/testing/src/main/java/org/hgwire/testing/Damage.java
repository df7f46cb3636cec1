// SPDX-License-Identifier: Apache-2.0
package org.hgwire.testing;

import java.nio.ByteBuffer;
import java.util.List;
import org.hgwire.core.ByteString;

/**
 * Damage to any bytes.
 *
 * @param changes the changes, applied one after the other
 */
public record Damage(List<Change> changes) {
  /** What a change does where it is. */
  public enum Kind {
    /** Replaces a byte. */
    SET,
    /** Inverts the bits of a byte that are set in the value. */
    INVERT,
    /** Inserts a byte. */
    INSERT,
    /** Removes a byte. */
    REMOVE,
    /** Repeats what follows, as many bytes as the value says. */
    REPEAT,
    /** Ends the bytes there. */
    CUT
  }

  /**
   * One change.
   *
   * @param kind what is done
   * @param place where: from the beginning, modulo the length
   * @param value a byte or a number, as the kind needs it
   */
  public record Change(Kind kind, int place, int value) {
    private byte[] applyTo(byte[] bytes) {
      if (bytes.length == 0) {
        return kind == Kind.INSERT ? new byte[] {(byte) value} : bytes;
      }
      int at = Math.floorMod(place, bytes.length);
      return switch (kind) {
        case SET -> splice(bytes, at, at + 1, (byte) value);
        case INVERT -> splice(bytes, at, at + 1, (byte) (bytes[at] ^ value));
        case INSERT -> splice(bytes, at, at, (byte) value);
        case REMOVE -> splice(bytes, at, at + 1);
        case REPEAT -> repeat(bytes, at);
        case CUT -> splice(bytes, at, bytes.length);
      };
    }

    private byte[] repeat(byte[] bytes, int at) {
      int length = Math.min(value & 0xff, bytes.length - at);
      return splice(bytes, at, at, ByteString.copyOf(bytes, at, length).toByteArray());
    }

    /** Replaces the bytes between two indices. */
    private static byte[] splice(byte[] bytes, int from, int to, byte... replacement) {
      return ByteBuffer.allocate(bytes.length - (to - from) + replacement.length)
          .put(bytes, 0, from)
          .put(replacement)
          .put(bytes, to, bytes.length - to)
          .array();
    }
  }

  /** Copies the list. */
  public Damage {
    changes = List.copyOf(changes);
  }

  /** Returns {@code bytes} with all changes. */
  public ByteString applyTo(ByteString bytes) {
    byte[] changed = bytes.toByteArray();
    for (Change change : changes) {
      changed = change.applyTo(changed);
    }
    return ByteString.copyOf(changed);
  }
}
