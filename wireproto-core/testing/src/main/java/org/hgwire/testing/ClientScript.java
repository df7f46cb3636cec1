// SPDX-License-Identifier: Apache-2.0
package org.hgwire.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.reactor.ClientReactor;
import org.jspecify.annotations.Nullable;

/**
 * What a client does, to be run once.
 *
 * @param encoding the content encoding of the requests
 * @param maxPayload how long the frames may be
 * @param calls the requests
 */
record ClientScript(String encoding, int maxPayload, List<Call> calls) {
  /** A request, and the pieces of its data if it has any. */
  record Call(CommandRequest request, @Nullable List<ByteBuffer> data) {}

  /** Returns what a client sends. The data of all requests follows the last of them. */
  FrameBytes run() {
    WireLimits limits = WireLimits.defaults().with(WireLimit.EMITTED_FRAME_PAYLOAD, maxPayload);
    try (ClientReactor client =
        new ClientReactor(
            limits,
            ContentEncodings.standard(),
            ContentEncodings.named(encoding).preferred().get(0))) {
      List<Integer> ids = new ArrayList<>();
      calls.forEach(call -> ids.add(client.call(call.request(), call.data() != null)));
      for (int i = 0; i < ids.size(); i++) {
        List<ByteBuffer> data = calls.get(i).data();
        if (data != null) {
          int id = ids.get(i);
          data.forEach(piece -> client.sendData(id, piece.duplicate()));
          client.endData(id);
        }
      }
      ByteArrayOutputStream sent = new ByteArrayOutputStream();
      for (ByteBuffer out = client.pollOutput(); out != null; out = client.pollOutput()) {
        sent.writeBytes(ByteString.copyOf(out).toByteArray());
      }
      return new FrameBytes(ByteString.copyOf(sent.toByteArray()));
    }
  }
}
