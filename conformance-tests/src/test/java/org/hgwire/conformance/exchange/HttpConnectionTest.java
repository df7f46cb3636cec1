// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.hgwire.core.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpConnectionTest {
  private static final ByteString BODY = ByteString.utf8("0123456789");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Content-Length: 5\\r\\n\\r\\nhello, and more | hello",
        "Transfer-Encoding: chunked\\r"
            + "\\n"
            + "\\r"
            + "\\n"
            + "2\\r"
            + "\\n"
            + "he\\r"
            + "\\n"
            + "3;x=y\\r"
            + "\\n"
            + "llo\\r"
            + "\\n"
            + "0\\r"
            + "\\n"
            + "\\r"
            + "\\n"
            + " | hello",
        "X: y\\r\\n\\r\\nhello | hello"
      })
  void bodiesAreReadInEachForm(String rest, String body) throws Exception {
    HttpResponse response = exchange("HTTP/1.1 200 OK\r\n" + unescaped(rest), request(10)).response;

    assertThat(response.body().utf8()).isEqualTo(body);
    assertThat(response.broken()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 9\\r\\n\\r\\nhello",
        "Transfer-Encoding: chunked\\r\\n\\r\\n5\\r\\nhello",
        "Transfer-Encoding: chunked\\r\\n\\r\\n5\\r\\nhello\\r\\nzz\\r\\n",
        "Content-Length: five\\r\\n\\r\\nhello"
      })
  void bodiesThatAreCutAreBroken(String rest) throws Exception {
    HttpResponse response = exchange("HTTP/1.1 200 OK\r\n" + unescaped(rest), request(10)).response;

    assertThat(response.broken()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 200 OK\\r\\nX: y", "SMTP 220 hello\\r\\n\\r\\n"})
  void headsThatCannotBeReadAreErrors(String text) {
    assertThatThrownBy(() -> exchange(unescaped(text), request(10)))
        .isInstanceOf(IOException.class);
  }

  @Test
  void everyByteOfTheRequestIsKnown() throws Exception {
    Exchange exchange = exchange("HTTP/1.1 204 No Content\r\n\r\n", request(4));

    assertThat(exchange.request)
        .isEqualTo(
            "POST /x HTTP/1.1\r\nAccept: y\r\nhost: "
                + exchange.host
                + "\r\nconnection: close\r\ncontent-length: 10\r\n\r\n0123");
  }

  @Test
  void closedConnectionsAreNoErrors() throws Exception {
    HttpResponse response = exchange("", request(10)).response;

    assertThat(response.status()).isEqualTo(HttpResponse.NONE);
    assertThat(response.broken()).isNotBlank();
  }

  @Test
  void silenceEndsAtTheTimeLimit() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      URI url = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
      try (HttpConnection connection = HttpConnection.open(url, Duration.ofMillis(200))) {
        assertThatThrownBy(() -> connection.exchange(request(10)))
            .isInstanceOf(IOException.class)
            .hasMessageContaining("timed out");
      }
    }
  }

  private static String unescaped(String text) {
    return text.replace("\\r\\n", "\r\n");
  }

  private static SentRequest request(int sent) {
    return new SentRequest("POST", "/x", Map.of("Accept", "y", "empty", ""), BODY, sent);
  }

  /** What went and came. */
  private record Exchange(String host, String request, HttpResponse response) {}

  /** Sends {@code request} to a server that answers with {@code text} and closes. */
  private static Exchange exchange(String text, SentRequest request) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<String> received =
          CompletableFuture.supplyAsync(() -> serve(server, text, request.sentBytes()));
      URI url = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
      try (HttpConnection connection = HttpConnection.open(url, Duration.ofSeconds(20))) {
        HttpResponse response = connection.exchange(request);
        return new Exchange(url.getRawAuthority(), received.join(), response);
      }
    }
  }

  private static String serve(ServerSocket server, String text, int bodyBytes) {
    try (Socket socket = server.accept()) {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) socket.getInputStream().read());
      }
      byte[] body = socket.getInputStream().readNBytes(bodyBytes);
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      return head + new String(body, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
