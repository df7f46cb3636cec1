// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.cbor.CborEvent;
import org.hgwire.core.command.ArgumentDescriptor;
import org.hgwire.core.command.CommandDescriptor;
import org.hgwire.core.command.Handshake;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.core.command.ServerCapabilities;

/** The response to a handshake that asks for version 2: what the server offers. */
final class HandshakeVectorDecoder implements VectorDecoder {
  @Override
  public Outcome decode(List<ByteBuffer> pieces, WireLimits limits, JsonNode vector) {
    Outcome outcome = new Outcome();
    CborDecoder decoder = new CborDecoder(limits);
    List<CborEvent> events = new ArrayList<>();
    try {
      for (ByteBuffer piece : pieces) {
        decoder.feed(piece);
        for (CborEvent event = decoder.poll(); event != null; event = decoder.poll()) {
          events.add(event);
        }
      }
      decoder.endOfInput();
      Handshake handshake = Handshake.read(((CborEvent.ValueRead) events.get(0)).value());
      ServerCapabilities capabilities = handshake.httpV2();
      ObjectNode node = outcome.add("handshake").put("api-base", handshake.apiBase().utf8());
      node.put("version-1", handshake.v1Capabilities().utf8());
      node.set("apis", CborJson.texts(handshake.apis().keySet()));
      if (capabilities != null) {
        add(outcome, capabilities);
      }
    } catch (WireProtocolException fault) {
      outcome.fail(fault);
    }
    return outcome;
  }

  private static void add(Outcome outcome, ServerCapabilities capabilities) {
    ObjectNode node = outcome.add("capabilities");
    node.set("framing-media-types", CborJson.texts(capabilities.framingMediaTypes()));
    node.set("path-filter-prefixes", CborJson.texts(capabilities.pathFilterPrefixes()));
    node.set("raw-repository-formats", CborJson.texts(capabilities.rawRepoFormats()));
    if (capabilities.redirect() != null) {
      node.set("redirect-hashes", CborJson.texts(capabilities.redirect().hashes()));
      ArrayNode targets = node.putArray("redirect-targets");
      capabilities.redirect().targets().forEach(target -> add(targets.addObject(), target));
    }
    capabilities
        .commands()
        .forEach(
            (name, command) -> add(outcome.add("command").put("command", name.utf8()), command));
  }

  private static void add(ObjectNode node, RedirectTarget target) {
    node.put("name", target.name().utf8()).put("protocol", target.protocol().utf8());
    node.set("uris", CborJson.texts(target.uris()));
    node.put("sni-required", target.sniRequired());
    node.set("tls-versions", CborJson.texts(target.tlsVersions()));
  }

  private static void add(ObjectNode node, CommandDescriptor command) {
    node.set("permissions", CborJson.texts(command.permissions()));
    command.recommendedBatchSize().ifPresent(size -> node.put("recommended-batch-size", size));
    ArrayNode arguments = node.putArray("arguments");
    command
        .arguments()
        .forEach((name, argument) -> add(arguments.addObject().put("name", name.utf8()), argument));
  }

  private static void add(ObjectNode node, ArgumentDescriptor argument) {
    node.put("type", argument.type().utf8()).put("required", argument.required());
    if (argument.defaultValue() != null) {
      node.set("default", CborJson.of(argument.defaultValue()));
    }
    if (argument.validValues() != null) {
      node.set("valid-values", CborJson.of(argument.validValues()));
    }
  }
}
