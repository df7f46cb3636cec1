// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.bundle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.jspecify.annotations.Nullable;

/**
 * The header of a part (bundle2, Payload Part).
 *
 * @param name the name as it is on the wire: 1 to 255 ASCII letters, digits, colons, dashes and
 *     underscores
 * @param id identifies the part in its bundle: 32 bits, unsigned
 * @param mandatory the parameters that a reader must know, in order; keys and values of at most 255
 *     bytes, keys of at least one
 * @param advisory the parameters that a reader may ignore, in order; no key may be in both
 */
public record PartHeader(
    String name,
    int id,
    Map<ByteString, ByteString> mandatory,
    Map<ByteString, ByteString> advisory) {
  /** How many bytes a name, a key and a value may have: the format has one byte for the length. */
  public static final int MAX_LENGTH = 255;

  private static final String WHERE = "the header of a part of the bundle";

  /** Checks and copies the arguments. */
  public PartHeader {
    if (name.length() > MAX_LENGTH
        || !isName(ByteString.copyOf(name.getBytes(StandardCharsets.UTF_8)))) {
      throw new IllegalArgumentException("a part cannot be named " + name);
    }
    mandatory = checked(mandatory);
    advisory = checked(advisory);
    if (!Collections.disjoint(mandatory.keySet(), advisory.keySet())) {
      throw new IllegalArgumentException("a parameter cannot be both mandatory and advisory");
    }
  }

  private static Map<ByteString, ByteString> checked(Map<ByteString, ByteString> parameters) {
    if (parameters.size() > MAX_LENGTH) {
      throw new IllegalArgumentException("a part cannot have " + parameters.size() + " parameters");
    }
    parameters.forEach(
        (key, value) -> {
          if (key.isEmpty() || key.length() > MAX_LENGTH || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                "a parameter cannot have a key of "
                    + key.length()
                    + " and a value of "
                    + value.length()
                    + " bytes");
          }
        });
    return Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** Returns the kind of the part: the name in lower case. */
  public String type() {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Returns whether a reader that does not know the part must stop. */
  public boolean isMandatory() {
    // "A part name with an UPPERCASE letter is mandatory."
    return !name.equals(type());
  }

  /** Returns the value of the parameter {@code key}, mandatory or advisory, or null. */
  public @Nullable ByteString parameter(String key) {
    ByteString bytes = ByteString.utf8(key);
    ByteString value = mandatory.get(bytes);
    return value == null ? advisory.get(bytes) : value;
  }

  /** Reads a header from all of {@code bytes}. */
  static PartHeader read(ByteBuffer bytes, WireLimits limits) {
    ByteString name = bytes(bytes, unsigned(bytes));
    if (!isName(name)) {
      throw Parameters.malformed(WHERE + " has the name " + name);
    }
    int id = bytes(bytes, Integer.BYTES).asByteBuffer().getInt();
    int mandatoryCount = unsigned(bytes);
    int count = mandatoryCount + unsigned(bytes);
    Parameters.requireCount(count, limits, WHERE);
    ByteString sizes = bytes(bytes, 2 * count);
    Map<ByteString, ByteString> all = new LinkedHashMap<>();
    Map<ByteString, ByteString> mandatory = new LinkedHashMap<>();
    Map<ByteString, ByteString> advisory = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      ByteString key = bytes(bytes, Byte.toUnsignedInt(sizes.at(2 * i)));
      ByteString value = bytes(bytes, Byte.toUnsignedInt(sizes.at(2 * i + 1)));
      if (key.isEmpty()) {
        throw Parameters.malformed(WHERE + " has a parameter without a key");
      }
      Parameters.add(all, key, value, WHERE);
      // "Mandatory parameters come first, followed by advisory parameters."
      (i < mandatoryCount ? mandatory : advisory).put(key, value);
    }
    if (bytes.hasRemaining()) {
      throw Parameters.malformed(
          WHERE + " continues for " + bytes.remaining() + " bytes after its parameters");
    }
    return new PartHeader(name.utf8(), id, mandatory, advisory);
  }

  /** Returns the encoded header, without the size before it. */
  ByteBuffer encode() {
    int length = 1 + name.length() + Integer.BYTES + 2 + sizeOf(mandatory) + sizeOf(advisory);
    ByteBuffer bytes = ByteBuffer.allocate(length);
    bytes.put((byte) name.length()).put(name.getBytes(StandardCharsets.US_ASCII)).putInt(id);
    bytes.put((byte) mandatory.size()).put((byte) advisory.size());
    putSizes(mandatory, bytes);
    putSizes(advisory, bytes);
    putValues(mandatory, bytes);
    putValues(advisory, bytes);
    return bytes.flip();
  }

  private static int sizeOf(Map<ByteString, ByteString> parameters) {
    int size = 0;
    for (Map.Entry<ByteString, ByteString> parameter : parameters.entrySet()) {
      size += 2 + parameter.getKey().length() + parameter.getValue().length();
    }
    return size;
  }

  private static void putSizes(Map<ByteString, ByteString> parameters, ByteBuffer bytes) {
    parameters.forEach((key, value) -> bytes.put((byte) key.length()).put((byte) value.length()));
  }

  private static void putValues(Map<ByteString, ByteString> parameters, ByteBuffer bytes) {
    parameters.forEach(
        (key, value) -> {
          key.putTo(bytes);
          value.putTo(bytes);
        });
  }

  private static int unsigned(ByteBuffer bytes) {
    return Byte.toUnsignedInt(bytes(bytes, 1).at(0));
  }

  private static ByteString bytes(ByteBuffer bytes, int length) {
    if (bytes.remaining() < length) {
      throw Parameters.malformed(WHERE + " ends before its parameters do");
    }
    ByteString taken = ByteString.copyOf(bytes.slice(bytes.position(), length));
    bytes.position(bytes.position() + length);
    return taken;
  }

  /** The protocol's text says "alphanumeric", but has names with colons and dashes. */
  private static boolean isName(ByteString name) {
    for (int i = 0; i < name.length(); i++) {
      byte b = name.at(i);
      boolean digit = b >= '0' && b <= '9';
      if (!digit && !Parameters.isLetter(b) && b != ':' && b != '-' && b != '_') {
        return false;
      }
    }
    return !name.isEmpty();
  }
}
