// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.message.ProgressUpdate;
import org.hgwire.core.reactor.ClientEvent;
import org.hgwire.core.reactor.ClientReactor;

/** The body of an HTTP response to what a client receives that has sent requests. */
final class ResponseVectorDecoder implements VectorDecoder {
  @Override
  public Outcome decode(List<ByteBuffer> pieces, WireLimits limits, JsonNode vector) {
    List<String> accepted = new ArrayList<>();
    vector.path("accepted").forEach(name -> accepted.add(name.asText()));
    List<ClientEvent> failed = new ArrayList<>();
    Outcome outcome = new Outcome();
    try (ClientReactor reactor =
        new ClientReactor(
            limits,
            ContentEncodings.named(accepted.toArray(String[]::new)),
            ContentEncodings.named("identity").preferred().get(0))) {
      for (JsonNode sent : vector.path("requests")) {
        int id =
            reactor.call(CommandRequest.of(sent.path("command").asText(), CborMap.empty()), false);
        if (id != sent.path("request").asInt()) {
          throw new IllegalArgumentException("requests have the ids 1, 3, 5 and so on");
        }
      }
      for (ByteBuffer piece : pieces) {
        if (outcome.error == null) {
          reactor.receive(piece);
          poll(reactor, outcome, failed);
        }
      }
      reactor.endOfInput();
      poll(reactor, outcome, failed);
    }
    if (outcome.error == null) {
      failed.forEach(event -> add(outcome, (ClientEvent.RequestFailed) event));
    }
    return outcome;
  }

  /** Failures that the failure of the exchange follows are not events of their own. */
  private static void poll(ClientReactor reactor, Outcome outcome, List<ClientEvent> failed) {
    for (ClientEvent event = reactor.poll(); event != null; event = reactor.poll()) {
      if (event instanceof ClientEvent.RequestFailed) {
        failed.add(event);
      } else {
        if (!(event instanceof ClientEvent.ProtocolFailed)) {
          failed.forEach(held -> add(outcome, (ClientEvent.RequestFailed) held));
          failed.clear();
        }
        add(outcome, event);
      }
    }
  }

  private static void add(Outcome outcome, ClientEvent.RequestFailed failed) {
    outcome
        .add("request-failed")
        .put("request", failed.requestId())
        .set("error", ErrorNames.describe(failed.fault()));
  }

  private static void add(Outcome outcome, ClientEvent event) {
    if (event instanceof ClientEvent.ResponseReceived received) {
      ObjectNode last = outcome.last("response-data");
      if (last == null || last.path("request").asInt() != received.requestId()) {
        outcome.add("response-data").put("request", received.requestId());
      }
      outcome.append("response-data", CborJson.hex(received.data()));
    } else if (event instanceof ClientEvent.ResponseEnded ended) {
      outcome.add("response-ended").put("request", ended.requestId());
    } else if (event instanceof ClientEvent.ErrorReceived received) {
      outcome
          .add("error-received")
          .put("request", received.requestId())
          .put("type", received.error().type().name().toLowerCase(Locale.ROOT))
          .put("message", received.error().message().render(1000));
    } else if (event instanceof ClientEvent.TextOutputReceived received) {
      outcome
          .add("text-output")
          .put("request", received.requestId())
          .put("text", received.text().render(1000));
    } else if (event instanceof ClientEvent.ProgressReceived received) {
      add(outcome.add("progress").put("request", received.requestId()), received.update());
    } else if (event instanceof ClientEvent.ProtocolFailed failed) {
      WireProtocolException fault = failed.fault();
      outcome.fail(fault);
    }
  }

  private static void add(ObjectNode node, ProgressUpdate update) {
    node.put("topic", update.topic().utf8());
    node.put("position", update.position()).put("total", update.total());
    if (update.label() != null) {
      node.put("label", update.label().utf8());
    }
    if (update.item() != null) {
      node.put("item", update.item().utf8());
    }
  }
}
