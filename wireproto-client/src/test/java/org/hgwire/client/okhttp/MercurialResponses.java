// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import okio.Buffer;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.command.Handshake;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.core.command.ServerCapabilities;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.reactor.ClientReactor;
import org.hgwire.core.reactor.ServerReactor;

/** Responses of a Mercurial server whose repository is empty. */
final class MercurialResponses {
  private MercurialResponses() {}

  /** Returns the handshake of a server without commands of its own. */
  static MockResponse handshake() {
    ServerCapabilities capabilities =
        new ServerCapabilities(
            Map.of(),
            List.of(ByteString.utf8(HttpV2Api.FRAMING_MEDIA_TYPE)),
            List.of(),
            List.of(),
            null);
    Handshake handshake =
        new Handshake(
            ByteString.utf8(HttpV2Api.API_BASE),
            Map.of(ByteString.utf8(HttpV2Api.NAME), capabilities.toCbor()),
            ByteString.utf8("batch"));
    return new MockResponse.Builder()
        .addHeader("Content-Type", HttpV2Api.CBOR_MEDIA_TYPE)
        .body(new Buffer().write(CborEncoder.encode(handshake.toCbor()).toByteArray()))
        .build();
  }

  /** The frames of a response to one {@code heads}, which has no heads. */
  private static byte[] framesOfHeads() {
    Buffer frames = new Buffer();
    try (ClientReactor client =
            new ClientReactor(
                WireLimits.defaults(),
                ContentEncodings.named("identity"),
                ContentEncodings.named("identity").preferred().get(0));
        ServerReactor reactor =
            new ServerReactor(WireLimits.defaults(), ContentEncodings.standard())) {
      int id = client.call(CommandRequest.of("heads", CborMap.empty()), false);
      for (ByteBuffer out = client.pollOutput(); out != null; out = client.pollOutput()) {
        reactor.receive(out);
        requireEvents(reactor);
      }
      CborMap status = CborMap.builder().put("status", ByteString.utf8("ok")).build();
      reactor.respond(id, CborEncoder.encode(status).asByteBuffer());
      reactor.respond(id, CborEncoder.encode(CborArray.of()).asByteBuffer());
      reactor.endResponse(id);
      for (ByteBuffer out = reactor.pollOutput(); out != null; out = reactor.pollOutput()) {
        frames.write(ByteString.copyOf(out).toByteArray());
      }
    }
    return frames.readByteArray();
  }

  private static void requireEvents(ServerReactor reactor) {
    int events = 0;
    while (reactor.poll() != null) {
      events++;
    }
    assertThat(events).isPositive();
  }

  /** Returns the response to one {@code heads}. */
  static MockResponse.Builder heads() {
    return new MockResponse.Builder()
        .addHeader("Content-Type", HttpV2Api.FRAMING_MEDIA_TYPE)
        .body(new Buffer().write(framesOfHeads()));
  }
}
