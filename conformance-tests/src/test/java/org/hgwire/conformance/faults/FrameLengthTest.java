// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import org.hgwire.client.CommandResponse;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.PeerProtocolException;
import org.hgwire.conformance.faults.ServerUnderTest.ServerResponse;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.message.CommandRequest;
import org.junit.jupiter.api.Test;

/**
 * Fault 1: the third byte of a length counts 65,536 times, and frames that are too long are
 * refused.
 */
final class FrameLengthTest {
  private static final int LONG = 3 * 65_536 + 70;
  private static final WireLimits LARGER =
      WireLimits.defaults().with(WireLimit.MAX_FRAME_PAYLOAD, 300_000);
  private static final String FIRST =
      "1 2 stream-begin command-response continuation cbor:{b'status': b'ok'}";

  @Test
  void thirdLengthByteOfARequestCounts65536() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.start(LARGER)) {
      CommandRequest request = Conversation.echo("x".repeat(LONG));
      byte[] payload = CborEncoder.encode(request.toCbor()).toByteArray();
      byte[] body = frame("0100 01 01 11", payload);
      assertThat(body[2]).isEqualTo((byte) 3);

      ServerResponse response = server.send(body);

      assertThat(response.status()).isEqualTo(200);
      assertThat(response.body().length()).isBetween(LONG, LONG + 200);
    }
  }

  @Test
  void thirdLengthByteOfAResponseCounts65536() throws Exception {
    ByteString large = ByteString.utf8("y".repeat(LONG));
    byte[] payload = CborEncoder.encode(new CborBytes(large)).toByteArray();
    byte[] last = frame("0100 02 00 32", payload);
    assertThat(last[2]).isEqualTo((byte) 3);
    try (ScriptedOrigin origin = ScriptedOrigin.ofBody(join(ServerUnderTest.frames(FIRST), last));
        Peer peer = origin.connect(PeerOptions.builder().limits(LARGER));
        CommandResponse response = peer.call(Conversation.request("heads"))) {
      assertThat(response.nextValue()).isEqualTo(new CborBytes(large));
      assertThat(response.next()).isNull();
    }
  }

  @Test
  void requestFrameOver65535BytesIsRefused() throws Exception {
    try (ServerUnderTest server = ServerUnderTest.start()) {
      int around = CborEncoder.encode(Conversation.echo("z".repeat(60_000)).toCbor()).length();
      CommandRequest fits = Conversation.echo("z".repeat(60_000 + 65_535 - around));
      byte[] payload = CborEncoder.encode(fits.toCbor()).toByteArray();
      assertThat(payload).hasSize(65_535);

      assertThat(server.send(frame("0100 01 01 11", payload)).status()).isEqualTo(200);
      for (String length : new String[] {"000001", "ffffff"}) {
        ServerResponse refused =
            server.send(ByteString.fromHex(length + "010001 0111".replace(" ", "")).toByteArray());
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text()).contains("65535").hasLineCount(1);
      }
    }
  }

  @Test
  void responseFrameOver65535BytesIsRefused() throws Exception {
    byte[] header = ByteString.fromHex("000001" + "0100" + "02" + "00" + "32").toByteArray();
    try (ScriptedOrigin origin =
            ScriptedOrigin.ofBody(join(ServerUnderTest.frames(FIRST), header));
        Peer peer = origin.connect();
        CommandResponse response = peer.call(Conversation.request("heads"))) {
      PeerProtocolException refused =
          catchThrowableOfType(PeerProtocolException.class, response::next);

      assertThat(refused.fault().code()).isEqualTo(WireErrorCode.LIMIT);
    }
  }

  /** Returns a frame; its header without the length is given in hexadecimal. */
  private static byte[] frame(String rest, byte[] payload) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int shift = 0; shift < 24; shift += 8) {
      bytes.write(payload.length >>> shift);
    }
    bytes.writeBytes(ByteString.fromHex(rest.replace(" ", "")).toByteArray());
    bytes.writeBytes(payload);
    return bytes.toByteArray();
  }

  private static byte[] join(byte[] first, byte[] second) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(first);
    bytes.writeBytes(second);
    return bytes.toByteArray();
  }
}
