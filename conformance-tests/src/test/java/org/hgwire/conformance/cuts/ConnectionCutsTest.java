// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cuts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerException;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.ProtocolVersion;
import org.hgwire.client.RetryPolicy;
import org.hgwire.conformance.faults.Conversation;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.HeadsRequest;
import org.hgwire.core.command.TypedRequest;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.server.netty.HgWireServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HTTP messages, head and body, cut after every number of bytes that a socket carries. */
@Timeout(600)
final class ConnectionCutsTest {
  /** The end of the last chunk of a body, and of the body. */
  private static final int AFTER_THE_LAST_FRAME = "\r\n0\r\n\r\n".length();

  @TempDir Path directory;
  private ServedRepository served;
  private HgWireServer server;

  @BeforeEach
  void start() throws IOException {
    served = new ServedRepository(directory, ServedRepository.MANY_LINES);
    server = HgWireServer.builder(served.options()).grace(Duration.ofMillis(100)).start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static byte[] request(String start, byte[] body, String... fields) {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    String head =
        start
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + String.join("\r\n", fields)
            + (body.length == 0 ? "" : "\r\nContent-Length: " + body.length)
            + "\r\n\r\n";
    request.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    request.writeBytes(body);
    return request.toByteArray();
  }

  private byte[] ofVersion2(TypedRequest call) {
    String media = "application/mercurial-exp-framing-0006";
    try (Conversation conversation = new Conversation("zlib", "identity")) {
      conversation.call(call.toRequest());
      return request(
          "POST /api/exp-http-v2-0003/ro/" + call.command(),
          conversation.output(),
          "Accept: " + media,
          "Content-Type: " + media);
    }
  }

  /** Requests of each form: arguments in frames, in the header, in the query and in the body. */
  private List<byte[]> requests() {
    String arguments = "namespace=bookmarks";
    byte[] form = arguments.getBytes(StandardCharsets.US_ASCII);
    String proto = "X-HgProto-1: 0.1";
    return List.of(
        ofVersion2(HeadsRequest.ofAll()),
        request("GET /?cmd=listkeys", new byte[0], "X-HgArg-1: " + arguments, proto),
        request("GET /?cmd=listkeys&" + arguments, new byte[0], proto),
        request("POST /?cmd=listkeys", form, "X-HgArgs-Post: " + form.length, proto));
  }

  private static String withoutDate(byte[] response) {
    String text = new String(response, StandardCharsets.ISO_8859_1);
    return text.replaceFirst("(?i)\r\ndate: [^\r]*", "");
  }

  @Test
  void cutRequestRunsNothing() throws IOException {
    for (byte[] request : requests()) {
      String expected =
          withoutDate(CuttingGateway.exchange(server.port(), request, request.length));
      assertThat(expected).startsWith("HTTP/1.1 200");
      assertThat(served.takeBegun()).hasSize(1);
      for (int length = 0; length < request.length; length++) {
        String where = new String(request, 0, 20, StandardCharsets.US_ASCII) + " after " + length;

        String response = withoutDate(CuttingGateway.exchange(server.port(), request, length));

        if (!response.isEmpty()) {
          assertThat(response).as(where).startsWith("HTTP/1.1 400");
        }
        assertThat(served.takeBegun()).as(where).isEmpty();
        assertThat(withoutDate(CuttingGateway.exchange(server.port(), request, request.length)))
            .as(where)
            .isEqualTo(expected);
        assertThat(served.takeBegun()).as(where).hasSize(1);
      }
    }
  }

  /** Both with a length and in chunks: the client sees in either that the end is missing. */
  @ParameterizedTest
  @CsvSource({
    "VERSION_2, identity, heads",
    "VERSION_2, zlib, changesetdata",
    "VERSION_1, identity, listkeys",
    "VERSION_1, zstd-8mb, getbundle"
  })
  void cutResponseIsATypedFailure(ProtocolVersion version, String encoding, String command)
      throws IOException {
    Call call =
        (version == ProtocolVersion.VERSION_2
                ? Version2Calls.of(Version2Calls.requests(served))
                : command.equals("getbundle")
                    ? Version1Calls.streams()
                    : Version1Calls.texts(served))
            .stream().filter(known -> known.name().startsWith(command)).findFirst().orElseThrow();
    PeerOptions options =
        PeerOptions.builder()
            .protocol(version)
            .encodings(ContentEncodings.named(encoding))
            .retries(RetryPolicy.never())
            .build();
    try (CuttingGateway gateway = new CuttingGateway(server.port());
        Peer peer = Peer.connect(gateway.url(), options)) {
      ByteString expected = call.whole(peer).bytes();
      byte[] response = gateway.last();
      int size = response.length;
      for (int length = 0; length < size; length++) {
        Delivery delivery = new Delivery();
        gateway.replayNext(Arrays.copyOf(response, length));

        Throwable fault = catchThrowable(() -> call.reading().read(peer, delivery));

        if (version == ProtocolVersion.VERSION_2 && length >= size - AFTER_THE_LAST_FRAME) {
          // The frames say that the response is whole.
          assertThat(delivery.bytes()).as("after %d", length).isEqualTo(expected);
        } else {
          assertThat(fault).as("after %d", length).isInstanceOf(PeerException.class);
          assertThat(expected.startsWith(delivery.bytes())).as("after %d", length).isTrue();
        }
        assertThat(call.whole(peer).bytes()).as("after %d", length).isEqualTo(expected);
      }
    }
  }
}
