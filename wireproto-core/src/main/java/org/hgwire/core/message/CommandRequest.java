// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.message;

import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.jspecify.annotations.Nullable;

/**
 * A request to run a command (wireprotocolrpc, Command Request).
 *
 * @param name the name of the command
 * @param arguments the arguments by name; the keys are byte strings
 * @param redirect which redirects the client would follow, or null if none
 */
public record CommandRequest(ByteString name, CborMap arguments, @Nullable RedirectOffer redirect) {
  /** Returns a request that offers no redirect. */
  public static CommandRequest of(String name, CborMap arguments) {
    return new CommandRequest(ByteString.utf8(name), arguments, null);
  }

  /**
   * Reads a request from its map. Arguments that are missing are none, as Mercurial has it; unknown
   * keys are passed over.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_REQUEST and scope REQUEST if {@code
   *     value} is not such a map
   */
  public static CommandRequest read(CborValue value) {
    Fields fields = Fields.Source.request().map(value);
    ByteString name = fields.bytes("name");
    CborMap arguments = fields.optionalMap("args");
    // "args: Map of bytestring keys to various value types"
    for (var entry : arguments.entries()) {
      if (!(entry.getKey() instanceof CborBytes)) {
        throw fields.fault(
            "has an argument whose name is not a byte string but " + Fields.typeOf(entry.getKey()));
      }
    }
    CborValue redirect = fields.optional("redirect");
    return new CommandRequest(
        name, arguments, redirect == null ? null : RedirectOffer.read(redirect, fields.source()));
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
