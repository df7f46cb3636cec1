// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.message;

import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.ValueReader;

/**
 * The error that a command ends with, in its status map or in the middle of its response.
 *
 * <p>wireprotocolrpc, Command Protocol, gives {@code message} as an array of atoms. Mercurial sends
 * bytes with {@code args} next to them, and its client understands nothing else. Both forms are
 * read; the second is written.
 *
 * @param message what went wrong
 */
public record CommandError(RichMessage message) {
  /** Returns an error that says {@code text}. */
  public static CommandError of(String text) {
    return new CommandError(RichMessage.of(text));
  }

  /**
   * Reads an error from its map.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE and scope REQUEST if
   *     {@code value} is malformed
   */
  public static CommandError read(CborValue value) {
    return new CommandError(
        RichMessage.readOfError(ValueReader.response("command error").fields(value)));
  }

  /** Returns the map of the error: the formatting string and its arguments, without labels. */
  public CborMap toCbor() {
    OutputAtom joined = message.joined();
    return CborMap.builder()
        .put("message", joined.message())
        .put("args", CborArray.ofByteStrings(joined.arguments()))
        .build();
  }
}
