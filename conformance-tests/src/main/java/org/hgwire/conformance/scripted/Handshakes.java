// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.scripted;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.hgwire.conformance.transcript.Transcript;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.CommandDescriptor;
import org.hgwire.core.command.Handshake;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.core.command.ServerCapabilities;

/** The response to the handshake: that of hg 5.6.1 as it was recorded, with fewer commands. */
final class Handshakes {
  private static final Set<String> COMMANDS =
      Set.of(
          "branchmap",
          "capabilities",
          "changesetdata",
          "filedata",
          "filesdata",
          "heads",
          "known",
          "listkeys",
          "manifestdata");

  private final ServerCapabilities capabilities;

  Handshakes() {
    ByteString recorded = Transcript.named("clone-identity").exchanges().get(0).responseBody();
    ServerCapabilities all =
        Handshake.read(CborDecoder.decodeOne(recorded.asByteBuffer(), WireLimits.defaults()))
            .httpV2();
    if (all == null) {
      throw new IllegalStateException("the recorded handshake has no " + HttpV2Api.NAME);
    }
    Map<ByteString, CommandDescriptor> commands = new LinkedHashMap<>(all.commands());
    commands.keySet().removeIf(name -> !COMMANDS.contains(name.utf8()));
    capabilities =
        new ServerCapabilities(
            commands,
            all.framingMediaTypes(),
            all.pathFilterPrefixes(),
            all.rawRepoFormats(),
            null);
  }

  /** Returns the commands that are advertised. */
  Map<ByteString, CommandDescriptor> commands() {
    return capabilities.commands();
  }

  /** Returns the capabilities of version 2. */
  CborMap capabilities() {
    return capabilities.toCbor();
  }

  /** Returns the response to a client that upgrades. */
  CborMap handshake() {
    Map<ByteString, CborValue> apis =
        Map.of(ByteString.utf8(HttpV2Api.NAME), capabilities.toCbor());
    return new Handshake(ByteString.utf8(HttpV2Api.API_BASE), apis, ByteString.utf8("known"))
        .toCbor();
  }
}
