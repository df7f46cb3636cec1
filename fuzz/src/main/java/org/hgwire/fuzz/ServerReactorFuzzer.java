// SPDX-License-Identifier: Apache-2.0
package org.hgwire.fuzz;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.message.ResponseStatus;
import org.hgwire.core.reactor.ServerEvent;
import org.hgwire.core.reactor.ServerReactor;

/** The state machine of a server that responds to everything. */
public final class ServerReactorFuzzer {
  private static final ByteString OK = CborEncoder.encode(new ResponseStatus.Ok().toCbor());
  private static final ContentEncodings ENCODINGS = ContentEncodings.standard();

  private ServerReactorFuzzer() {}

  /** Receives {@code input}, whole and in pieces. */
  public static void fuzzerTestOneInput(byte[] input) {
    TimedCall.of(
        () -> Pieces.requireEqual(receive(Pieces.whole(input)), receive(Pieces.cut(input))));
  }

  private static List<String> receive(List<ByteBuffer> pieces) {
    List<String> outcome = new ArrayList<>();
    try (ServerReactor server = new ServerReactor(WireLimits.defaults(), ENCODINGS)) {
      boolean open = true;
      for (ByteBuffer piece : pieces) {
        if (open) {
          server.receive(piece);
          open = poll(server, outcome);
        }
      }
      server.endOfInput();
      poll(server, outcome);
    }
    return outcome;
  }

  /** Returns whether input may follow. */
  private static boolean poll(ServerReactor server, List<String> outcome) {
    boolean open = true;
    for (ServerEvent event = server.poll(); event != null; event = server.poll()) {
      if (event instanceof ServerEvent.CommandDataReceived data) {
        JoinedData.add(outcome, data.requestId(), data.data());
      } else {
        outcome.add(event.toString());
      }
      if (event instanceof ServerEvent.CommandReceived received) {
        if (received.dataFollows()) {
          server.allowCommandData(received.requestId(), 1 << 20);
        }
        server.respond(received.requestId(), OK.asByteBuffer());
        server.endResponse(received.requestId());
      }
      open = !(event instanceof ServerEvent.ProtocolFailed);
    }
    while (server.pollOutput() != null) {
      // The transport takes everything.
    }
    return open;
  }
}
