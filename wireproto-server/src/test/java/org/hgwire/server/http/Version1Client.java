// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.zip.InflaterInputStream;
import org.hgwire.server.command.ClientConnection;

/** Sends requests of version 1 to an endpoint. */
final class Version1Client {
  /** What clients of today say that they read. */
  static final String PROTOCOL = "0.1 0.2 comp=zstd,zlib,none,bzip2 partial-pull";

  private final HttpService service;

  Version1Client(HttpService service) {
    this.service = service;
  }

  /**
   * A response.
   *
   * @param status its status
   * @param fields its header
   * @param bytes its body
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Response(int status, HttpFields fields, byte[] bytes) {
    String mediaType() {
      return Objects.requireNonNull(fields.first("Content-Type"));
    }

    String body() {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Returns the name of the compression of a stream that has one. */
    String compression() {
      return new String(bytes, 1, bytes[0], StandardCharsets.US_ASCII);
    }

    /** Returns a stream as it was before it was compressed. */
    byte[] stream() throws IOException {
      if (mediaType().equals("application/mercurial-0.1")) {
        return decompress("zlib", new ByteArrayInputStream(bytes));
      }
      int head = 1 + bytes[0];
      return decompress(compression(), new ByteArrayInputStream(bytes, head, bytes.length - head));
    }

    private static byte[] decompress(String name, InputStream input) throws IOException {
      try (InputStream plain =
          switch (name) {
            case "zlib" -> new InflaterInputStream(input);
            case "zstd" -> new ZstdInputStream(input);
            default -> input;
          }) {
        byte[] all = plain.readAllBytes();
        assertThat(input.read()).as("bytes after the stream").isEqualTo(-1);
        return all;
      }
    }
  }

  Response get(String target) throws IOException {
    return send("GET", target, HttpFields.empty(), "");
  }

  Response get(String target, HttpFields fields) throws IOException {
    return send("GET", target, fields, "");
  }

  /** Sends arguments in the body, one byte at a time. */
  Response post(String target, String arguments) throws IOException {
    return send(
        "POST",
        target,
        HttpFields.of("X-HgArgs-Post", String.valueOf(arguments.length()))
            .with("Content-Type", "application/mercurial-0.1"),
        arguments);
  }

  Response send(String method, String target, HttpFields fields, String body) throws IOException {
    RequestHead head = new RequestHead(method, target, fields, ClientConnection.UNKNOWN);
    try (HttpExchange exchange = service.open(head)) {
      byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
      for (int i = 0; i < bytes.length && exchange.wantsInput(); i++) {
        exchange.receive(ByteBuffer.wrap(bytes, i, 1));
      }
      exchange.endOfInput();
      return read(exchange);
    }
  }

  static Response read(HttpExchange exchange) throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    while (!exchange.finished()) {
      ByteBuffer next = exchange.nextOutput();
      if (next != null) {
        assertThat(exchange.responseHead() != null || !next.hasRemaining()).isTrue();
        byte[] copy = new byte[next.remaining()];
        next.get(copy);
        whole.writeBytes(copy);
      }
    }
    ResponseHead head = Objects.requireNonNull(exchange.responseHead());
    head.length().ifPresent(length -> assertThat(length).isEqualTo(whole.size()));
    return new Response(head.status(), head.fields(), whole.toByteArray());
  }
}
