// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.message;

import java.util.Locale;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.MapReader;
import org.hgwire.core.cbor.ValueReader;

/**
 * The content of an error frame (wireprotocolrpc, Error Occurred).
 *
 * @param type which side is at fault
 * @param message what went wrong
 */
public record ErrorResponse(Type type, RichMessage message) {
  /** Which side is at fault. */
  public enum Type {
    /** A violation of the framing protocol by either side. */
    PROTOCOL,
    /** A fault of the server. */
    SERVER,
    /** A fault in the command, probably of the client. */
    COMMAND;

    private String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Returns an error that says {@code text}. */
  public static ErrorResponse of(Type type, String text) {
    return new ErrorResponse(type, RichMessage.of(text));
  }

  /**
   * Reads an error from its map: {@code message} as an array of atoms, or as bytes with {@code
   * args}.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if {@code value} is
   *     malformed
   */
  public static ErrorResponse read(CborValue value) {
    MapReader fields = ValueReader.response("error frame").fields(value);
    ByteString name = fields.bytes("type");
    for (Type type : Type.values()) {
      if (type.wireName().equals(name.utf8())) {
        return new ErrorResponse(type, RichMessage.readOfError(fields));
      }
    }
    throw fields.fault("the type " + name.excerpt() + " is unknown");
  }

  /** Returns the map of the error, with {@code message} as an array of atoms. */
  public CborMap toCbor() {
    return CborMap.builder()
        .put("type", ByteString.utf8(type.wireName()))
        .put("message", message.toCbor())
        .build();
  }
}
