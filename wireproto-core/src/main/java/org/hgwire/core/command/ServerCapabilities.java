// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborSet;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.MapReader;
import org.hgwire.core.cbor.ValueReader;
import org.jspecify.annotations.Nullable;

/**
 * The capabilities of a server: the response to {@code capabilities}, and the descriptor of the API
 * in the handshake (wireprotocolv2, capabilities).
 *
 * @param commands its commands by name
 * @param framingMediaTypes the media types of frames that it accepts
 * @param pathFilterPrefixes the kinds of rules that it accepts in path filters
 * @param rawRepoFormats the storage formats of its repository; empty if not declared
 * @param redirect the places that it may redirect to, or null if it does not redirect
 */
public record ServerCapabilities(
    Map<ByteString, CommandDescriptor> commands,
    List<ByteString> framingMediaTypes,
    List<ByteString> pathFilterPrefixes,
    List<ByteString> rawRepoFormats,
    @Nullable RedirectCapabilities redirect) {
  /** Copies the collections. */
  public ServerCapabilities {
    commands = Collections.unmodifiableMap(new LinkedHashMap<>(commands));
    framingMediaTypes = List.copyOf(framingMediaTypes);
    pathFilterPrefixes = List.copyOf(pathFilterPrefixes);
    rawRepoFormats = List.copyOf(rawRepoFormats);
  }

  /** Returns the descriptor of a command, or null if the server does not have it. */
  public @Nullable CommandDescriptor command(String name) {
    return commands.get(ByteString.utf8(name));
  }

  /**
   * Reads capabilities; unknown keys are ignored, and only {@code commands} and {@code
   * framingmediatypes} are required.
   *
   * @throws org.hgwire.core.WireProtocolException with code BAD_RESPONSE if {@code value} is
   *     malformed
   */
  public static ServerCapabilities read(CborValue value) {
    MapReader reader = ValueReader.response("capabilities").fields(value);
    ValueReader values = reader.values();
    Map<ByteString, CommandDescriptor> commands = new LinkedHashMap<>();
    CborMap descriptors = reader.map("commands");
    for (Entry<CborValue, CborValue> command : descriptors.entries()) {
      commands.put(
          values.bytes(command.getKey(), "the name of a command"),
          CommandDescriptor.read(command.getValue()));
    }
    CborValue redirect = reader.optional("redirect");
    return new ServerCapabilities(
        commands,
        reader.byteStrings("framingmediatypes"),
        reader.optionalByteStringSet("pathfilterprefixes"),
        reader.optionalByteStringSet("rawrepoformats"),
        redirect == null ? null : RedirectCapabilities.read(redirect));
  }

  /** Returns the map. */
  public CborMap toCbor() {
    CborMap.Builder descriptors = CborMap.builder();
    commands.forEach((name, command) -> descriptors.put(new CborBytes(name), command.toCbor()));
    CborMap.Builder map =
        CborMap.builder()
            .put("commands", descriptors.build())
            .put("framingmediatypes", CborArray.ofByteStrings(framingMediaTypes))
            .put("pathfilterprefixes", CborSet.ofByteStrings(pathFilterPrefixes))
            .put("rawrepoformats", CborArray.ofByteStrings(rawRepoFormats));
    if (redirect != null) {
      map.put("redirect", redirect.toCbor());
    }
    return map.build();
  }
}
