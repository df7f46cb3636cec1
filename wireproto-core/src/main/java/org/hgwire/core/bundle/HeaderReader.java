// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.bundle;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.jspecify.annotations.Nullable;

/** Reads the header of a bundle and nothing after it. */
final class HeaderReader {
  private static final int MAGIC_LENGTH = 4;
  private static final int CODE_LENGTH = 2;
  private static final ByteString COMPRESSION = ByteString.utf8("Compression");
  private static final String WHERE = "the header of the bundle";

  private enum State {
    MAGIC,
    CODE,
    SIZE,
    PARAMETERS
  }

  private final WireLimits limits;
  private State state = State.MAGIC;
  private int size;

  HeaderReader(WireLimits limits) {
    this.limits = limits;
  }

  /** Returns the header, or null when more input is needed. */
  @Nullable BundleHeader read(ByteInput input) {
    while (true) {
      ByteBuffer bytes = input.take(needed());
      if (bytes == null) {
        return null;
      }
      switch (state) {
        case MAGIC -> readMagic(ByteString.copyOf(bytes));
        case SIZE -> readSize(bytes.getInt());
        case CODE -> {
          BundleCompression compression = compression(ByteString.copyOf(bytes));
          // HG10 has BZ, GZ and UN.
          if (compression == BundleCompression.ZSTD) {
            throw unknownCompression(ByteString.copyOf(bytes));
          }
          return new BundleHeader(BundleHeader.Format.HG10, compression, Map.of());
        }
        case PARAMETERS -> {
          return parametersOf(ByteString.copyOf(bytes));
        }
      }
    }
  }

  private int needed() {
    return switch (state) {
      case MAGIC, SIZE -> MAGIC_LENGTH;
      case CODE -> CODE_LENGTH;
      case PARAMETERS -> size;
    };
  }

  private void readMagic(ByteString magic) {
    switch (magic.toString()) {
      case "HG10" -> state = State.CODE;
      case "HG20" -> state = State.SIZE;
      case "HGS1" ->
          throw Parameters.fault(
              WireErrorCode.UNSUPPORTED,
              "the bundle is a streaming clone bundle (HGS1), which holds a store, not history");
      default -> {
        // "The header always begins with HG".
        if (magic.startsWith(ByteString.utf8("HG"))) {
          throw Parameters.fault(
              WireErrorCode.UNSUPPORTED, "the bundle has the unknown format " + magic);
        }
        throw Parameters.malformed("data that begins with " + magic + " is not a bundle");
      }
    }
  }

  private void readSize(int declared) {
    if (declared < 0 || declared > limits.intOf(WireLimit.MAX_BUNDLE_HEADER)) {
      throw Parameters.fault(
          WireErrorCode.LIMIT,
          WHERE
              + " has "
              + Integer.toUnsignedString(declared)
              + " bytes of parameters, more than the "
              + limits.intOf(WireLimit.MAX_BUNDLE_HEADER)
              + " that are allowed");
    }
    size = declared;
    state = State.PARAMETERS;
  }

  /** "The N bytes of raw data contains a space separated list of parameters." */
  private BundleHeader parametersOf(ByteString list) {
    Map<ByteString, ByteString> parameters = new LinkedHashMap<>();
    int from = 0;
    while (from < list.length()) {
      int space = list.indexOf((byte) ' ', from);
      int to = space < 0 ? list.length() : space;
      int equals = list.indexOf((byte) '=', from);
      int nameEnd = equals < 0 || equals > to ? to : equals;
      // "Both the parameter name and value are URL quoted."
      ByteString name = unquoted(list.substring(from, nameEnd));
      ByteString value = unquoted(list.substring(Math.min(nameEnd + 1, to), to));
      // "Names MUST start with a letter."
      if (name.isEmpty() || !Parameters.isLetter(name.at(0))) {
        throw Parameters.malformed(WHERE + " has a parameter with the name " + name);
      }
      // "If the first letter is upper case, the parameter is mandatory and the handler MUST stop if
      // it is unable to process it."
      if (Parameters.isUpper(name.at(0)) && !name.equals(COMPRESSION)) {
        throw Parameters.fault(
            WireErrorCode.UNSUPPORTED,
            WHERE + " has the mandatory parameter " + name + ", which is unknown");
      }
      Parameters.add(parameters, name, value, WHERE);
      Parameters.requireCount(parameters.size(), limits, WHERE);
      from = to + 1;
    }
    ByteString code = parameters.get(COMPRESSION);
    return new BundleHeader(
        BundleHeader.Format.HG20,
        code == null ? BundleCompression.NONE : compression(code),
        parameters);
  }

  private static BundleCompression compression(ByteString code) {
    BundleCompression compression = BundleCompression.of(code.toString());
    if (compression == null) {
      throw unknownCompression(code);
    }
    return compression;
  }

  private static WireProtocolException unknownCompression(ByteString code) {
    return Parameters.fault(
        WireErrorCode.ENCODING_UNKNOWN,
        WHERE + " names the compression " + code + ", which is unknown");
  }

  private static ByteString unquoted(ByteString text) {
    return Quoted.read(text, WHERE);
  }
}
