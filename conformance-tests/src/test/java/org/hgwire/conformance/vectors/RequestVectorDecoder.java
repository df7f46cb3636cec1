// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.List;
import org.hgwire.core.WireLimits;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.reactor.ServerEvent;
import org.hgwire.core.reactor.ServerReactor;

/** The body of an HTTP request to what a server does. */
final class RequestVectorDecoder implements VectorDecoder {
  @Override
  public Outcome decode(List<ByteBuffer> pieces, WireLimits limits, JsonNode vector) {
    Outcome outcome = new Outcome();
    try (ServerReactor reactor = new ServerReactor(limits, ContentEncodings.standard())) {
      for (ByteBuffer piece : pieces) {
        if (outcome.error == null) {
          reactor.receive(piece);
          poll(reactor, outcome);
        }
      }
      reactor.endOfInput();
      poll(reactor, outcome);
    }
    return outcome;
  }

  private static void poll(ServerReactor reactor, Outcome outcome) {
    for (ServerEvent event = reactor.poll(); event != null; event = reactor.poll()) {
      add(outcome, event);
    }
  }

  private static void add(Outcome outcome, ServerEvent event) {
    if (event instanceof ServerEvent.SenderSettingsReceived received) {
      ObjectNode node = outcome.add("sender-settings");
      received.settings().contentEncodings().forEach(node.withArray("encodings")::add);
    } else if (event instanceof ServerEvent.CommandReceived received) {
      add(
          outcome.add("request").put("request", received.requestId()),
          received.request(),
          received.dataFollows());
    } else if (event instanceof ServerEvent.CommandRefused refused) {
      outcome
          .add("request-refused")
          .put("request", refused.requestId())
          .set("error", ErrorNames.describe(refused.fault()));
    } else if (event instanceof ServerEvent.CommandDataReceived received) {
      ObjectNode last = outcome.last("data");
      if (last == null || last.path("request").asInt() != received.requestId()) {
        outcome.add("data").put("request", received.requestId());
      }
      outcome.append("data", CborJson.hex(received.data()));
    } else if (event instanceof ServerEvent.CommandDataEnded ended) {
      outcome.add("data-ended").put("request", ended.requestId());
    } else if (event instanceof ServerEvent.ProtocolFailed failed) {
      outcome.fail(failed.fault());
    }
  }

  private static void add(ObjectNode node, CommandRequest request, boolean dataFollows) {
    node.put("command", request.name().utf8());
    node.set("arguments", CborJson.of(request.arguments()));
    node.put("data-follows", dataFollows);
    if (request.redirect() != null) {
      ObjectNode redirect = node.putObject("redirect");
      redirect.set("targets", CborJson.texts(request.redirect().targets()));
      redirect.set("hashes", CborJson.texts(request.redirect().hashes()));
    }
  }
}
