// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.message;

import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.MapReader;
import org.hgwire.core.cbor.ValueReader;

/** The first value of a response: its overall status (wireprotocolrpc, Command Protocol). */
public sealed interface ResponseStatus {
  /** The response follows. */
  record Ok() implements ResponseStatus {
    @Override
    public CborMap toCbor() {
      return CborMap.builder().put("status", ByteString.utf8("ok")).build();
    }
  }

  /**
   * The command failed.
   *
   * @param error why
   */
  record Failed(CommandError error) implements ResponseStatus {
    @Override
    public CborMap toCbor() {
      return CborMap.builder()
          .put("status", ByteString.utf8("error"))
          .put("error", error.toCbor())
          .build();
    }
  }

  /**
   * The response is elsewhere.
   *
   * @param location where it is
   */
  record Redirected(ContentLocation location) implements ResponseStatus {
    @Override
    public CborMap toCbor() {
      return CborMap.builder()
          .put("status", ByteString.utf8("redirect"))
          .put("location", location.toCbor())
          .build();
    }
  }

  /**
   * Reads a status from its map; keys that do not belong to the status are ignored.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if {@code value} is
   *     malformed
   */
  static ResponseStatus read(CborValue value) {
    MapReader fields = ValueReader.response("response status").fields(value);
    ByteString status = fields.bytes("status");
    return switch (status.utf8()) {
      case "ok" -> new Ok();
      case "error" -> new Failed(CommandError.read(fields.map("error")));
      case "redirect" -> new Redirected(ContentLocation.read(fields.map("location")));
      default ->
          throw fields.fault("status is " + status.excerpt() + ", not ok, error or redirect");
    };
  }

  /** Returns the map of the status. */
  CborMap toCbor();
}
