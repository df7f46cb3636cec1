// SPDX-License-Identifier: Apache-2.0
package org.hgwire.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.message.ErrorResponse;
import org.hgwire.core.message.ProgressUpdate;
import org.hgwire.core.message.RichMessage;
import org.hgwire.core.reactor.ClientReactor;
import org.hgwire.core.reactor.ServerReactor;

/**
 * What a server does, to be run once.
 *
 * @param encoding the content encoding of the responses
 * @param maxPayload how long the frames may be
 * @param responses the responses to the requests 1, 3, 5 and so on
 * @param turns whose next piece is sent, each modulo the number of responses that are not complete
 */
record ServerScript(
    String encoding, int maxPayload, List<Response> responses, List<Integer> turns) {
  /** How a response ends. */
  enum End {
    COMPLETE,
    COMPLETE_AFTER_TEXT,
    ERROR
  }

  /**
   * One response.
   *
   * @param pieces its body
   * @param end how it ends
   * @param text what text output, progress and errors say
   * @param progress whether progress is sent with each piece
   */
  record Response(List<ByteString> pieces, End end, String text, boolean progress) {}

  /** Returns what a server sends. */
  FrameBytes run() {
    WireLimits limits = WireLimits.defaults().with(WireLimit.EMITTED_FRAME_PAYLOAD, maxPayload);
    ContentEncodings encodings = ContentEncodings.named(encoding);
    try (ServerReactor server = new ServerReactor(limits, ContentEncodings.standard());
        ClientReactor client =
            new ClientReactor(limits, encodings, ContentEncodings.standard().preferred().get(0))) {
      responses.forEach(each -> client.call(CommandRequest.of("heads", CborMap.empty()), false));
      for (ByteBuffer out = client.pollOutput(); out != null; out = client.pollOutput()) {
        server.receive(out);
        while (server.poll() != null) {
          // Only the requests matter, and these are known.
        }
      }
      int[] sent = new int[responses.size()];
      turns.forEach(turn -> step(server, turn % responses.size(), sent));
      for (int i = 0; i < sent.length; i++) {
        while (sent[i] <= responses.get(i).pieces().size()) {
          step(server, i, sent);
        }
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      for (ByteBuffer out = server.pollOutput(); out != null; out = server.pollOutput()) {
        bytes.writeBytes(ByteString.copyOf(out).toByteArray());
      }
      return new FrameBytes(ByteString.copyOf(bytes.toByteArray()));
    }
  }

  /** Sends the next piece of a response, or its end; nothing after that. */
  private void step(ServerReactor server, int index, int[] sent) {
    Response response = responses.get(index);
    int id = 2 * index + 1;
    int next = sent[index]++;
    if (next < response.pieces().size()) {
      server.respond(id, response.pieces().get(next).asByteBuffer());
      if (response.progress()) {
        server.progress(id, progress(next, response.pieces().size()));
      }
    } else if (next == response.pieces().size()) {
      end(server, id, response);
    }
  }

  private static ProgressUpdate progress(int position, int total) {
    return new ProgressUpdate(ByteString.utf8("files"), position, total, null, null);
  }

  private static void end(ServerReactor server, int id, Response response) {
    if (response.end() == End.ERROR) {
      server.failResponse(id, ErrorResponse.of(ErrorResponse.Type.SERVER, response.text()));
      return;
    }
    if (response.end() == End.COMPLETE_AFTER_TEXT) {
      server.textOutput(id, RichMessage.of(response.text()));
    }
    server.endResponse(id);
  }
}
