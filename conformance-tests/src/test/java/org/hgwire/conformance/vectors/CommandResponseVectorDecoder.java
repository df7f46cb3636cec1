// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.List;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.message.ContentLocation;
import org.hgwire.core.reactor.ResponseDecoder;
import org.hgwire.core.reactor.ResponseEvent;

/** The bytes of one response to a status and objects. */
final class CommandResponseVectorDecoder implements VectorDecoder {
  @Override
  public Outcome decode(List<ByteBuffer> pieces, WireLimits limits, JsonNode vector) {
    Outcome outcome = new Outcome();
    CborEvents objects = new CborEvents(outcome);
    ResponseDecoder decoder = ResponseDecoder.ofResponse(limits);
    try {
      for (ByteBuffer piece : pieces) {
        decoder.feed(piece);
        for (ResponseEvent event = decoder.poll(); event != null; event = decoder.poll()) {
          add(outcome, objects, event);
        }
      }
      decoder.endOfInput();
    } catch (WireProtocolException fault) {
      outcome.fail(fault);
    }
    return outcome;
  }

  private static void add(Outcome outcome, CborEvents objects, ResponseEvent event) {
    if (event instanceof ResponseEvent.ObjectReceived received) {
      objects.add(received.event());
    } else if (event instanceof ResponseEvent.CommandFailed failed) {
      ObjectNode node = outcome.add("command-failed");
      node.put("message", failed.error().message().render(1000));
    } else if (event instanceof ResponseEvent.Redirected redirected) {
      add(outcome.add("redirect"), redirected.location());
    } else if (event instanceof ResponseEvent.MalformedRedirect malformed) {
      outcome.add("redirect-refused").set("error", ErrorNames.describe(malformed.fault()));
    }
  }

  private static void add(ObjectNode node, ContentLocation location) {
    node.put("url", location.url().utf8()).put("media-type", location.mediaType().utf8());
    location.size().ifPresent(size -> node.put("size", size));
    location
        .fullHashes()
        .forEach(
            hash ->
                node.withArray("hashes")
                    .addArray()
                    .add(hash.name().utf8())
                    .add(hash.value().hex()));
    if (location.fullHashSeed() != null) {
      node.put("hash-seed", location.fullHashSeed().hex());
    }
    location.serverCertificates().forEach(der -> node.withArray("certificates").add(der.hex()));
    location.authorityCertificates().forEach(der -> node.withArray("authorities").add(der.hex()));
  }
}
