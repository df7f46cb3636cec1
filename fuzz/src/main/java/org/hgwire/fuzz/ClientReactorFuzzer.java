// SPDX-License-Identifier: Apache-2.0
package org.hgwire.fuzz;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.encoding.IdentityEncoding;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.reactor.ClientEvent;
import org.hgwire.core.reactor.ClientReactor;
import org.hgwire.core.reactor.ResponseDecoder;
import org.jspecify.annotations.Nullable;

/** The state machine of a client that has sent three requests, and the decoder of responses. */
public final class ClientReactorFuzzer {
  private static final int REQUESTS = 3;
  private static final ContentEncodings ENCODINGS = ContentEncodings.standard();

  private ClientReactorFuzzer() {}

  /** Receives {@code input}, whole and in pieces. */
  public static void fuzzerTestOneInput(byte[] input) {
    TimedCall.of(
        () -> Pieces.requireEqual(receive(Pieces.whole(input)), receive(Pieces.cut(input))));
  }

  private static List<String> receive(List<ByteBuffer> pieces) {
    List<String> outcome = new ArrayList<>();
    List<@Nullable ResponseDecoder> responses = new ArrayList<>();
    try (ClientReactor client =
        new ClientReactor(WireLimits.defaults(), ENCODINGS, new IdentityEncoding())) {
      for (int i = 0; i < REQUESTS; i++) {
        client.call(CommandRequest.of("heads", CborMap.empty()), false);
        responses.add(ResponseDecoder.ofResponse(WireLimits.defaults()));
      }
      boolean open = true;
      for (ByteBuffer piece : pieces) {
        if (open) {
          client.receive(piece);
          open = poll(client, responses, outcome);
        }
      }
      client.endOfInput();
      poll(client, responses, outcome);
      if (client.activeRequests() != 0) {
        throw new AssertionError("a request is active although the input has ended");
      }
    }
    return outcome;
  }

  /** Returns whether input may follow. */
  private static boolean poll(
      ClientReactor client, List<@Nullable ResponseDecoder> responses, List<String> outcome) {
    boolean open = true;
    for (ClientEvent event = client.poll(); event != null; event = client.poll()) {
      if (event instanceof ClientEvent.ResponseReceived data) {
        JoinedData.add(outcome, data.requestId(), data.data());
        int index = data.requestId() / 2;
        if (!decode(responses.get(index), data.data())) {
          responses.set(index, null);
        }
      } else {
        outcome.add(event.toString());
      }
      open = !(event instanceof ClientEvent.ProtocolFailed);
    }
    return open;
  }

  /** Returns whether the decoder takes more: after a fault it takes nothing. */
  private static boolean decode(@Nullable ResponseDecoder response, ByteBuffer data) {
    if (response == null) {
      return false;
    }
    try {
      response.feed(data);
      while (response.poll() != null) {
        // Only what is thrown matters.
      }
      return true;
    } catch (WireProtocolException fault) {
      return false;
    }
  }
}
