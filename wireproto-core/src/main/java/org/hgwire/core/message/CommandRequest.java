// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.message;

import java.util.Map.Entry;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.MapReader;
import org.hgwire.core.cbor.ValueReader;
import org.jspecify.annotations.Nullable;

/**
 * A request to run a command (wireprotocolrpc, Command Request).
 *
 * @param name the name of the command
 * @param arguments the arguments by name; the keys are byte strings
 * @param redirect the redirects that the client would follow, or null if none
 */
public record CommandRequest(ByteString name, CborMap arguments, @Nullable RedirectOffer redirect) {
  /** Returns a request that offers no redirect. */
  public static CommandRequest of(String name, CborMap arguments) {
    return new CommandRequest(ByteString.utf8(name), arguments, null);
  }

  /** Returns a copy of this request with another redirect offer, or without one. */
  public CommandRequest withRedirect(@Nullable RedirectOffer offer) {
    return new CommandRequest(name, arguments, offer);
  }

  /**
   * Reads a request from its map. A missing {@code args} means no arguments, as in Mercurial;
   * unknown keys are ignored.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_REQUEST and scope REQUEST if {@code
   *     value} is malformed
   */
  public static CommandRequest read(CborValue value) {
    ValueReader values = ValueReader.request("command request");
    MapReader fields = values.fields(value);
    ByteString name = fields.bytes("name");
    CborValue args = fields.optional("args");
    CborMap arguments = args == null ? CborMap.empty() : values.map(args, "args");
    // "args: Map of bytestring keys to various value types"
    for (Entry<CborValue, CborValue> entry : arguments.entries()) {
      values.bytes(entry.getKey(), "the name of an argument");
    }
    CborValue redirect = fields.optional("redirect");
    return new CommandRequest(
        name, arguments, redirect == null ? null : RedirectOffer.read(redirect, values));
  }

  /** Returns the map of the request. */
  public CborMap toCbor() {
    CborMap.Builder map = CborMap.builder().put("name", name).put("args", arguments);
    if (redirect != null) {
      map.put("redirect", redirect.toCbor());
    }
    return map.build();
  }
}
