// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cuts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.hgwire.client.HttpTransport;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerException;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.PeerOptionsBuilder;
import org.hgwire.client.TransportFactory;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireProtocolException;
import org.hgwire.server.command.ClientConnection;
import org.hgwire.server.http.HttpExchange;
import org.hgwire.server.http.HttpFields;
import org.hgwire.server.http.HttpService;
import org.hgwire.server.http.RequestHead;
import org.hgwire.server.http.ResponseHead;
import org.jspecify.annotations.Nullable;

/**
 * HTTP between our client and our server in one thread, without sockets. It keeps the last
 * response, and can send the beginning of one again.
 */
final class MemoryWire implements TransportFactory {
  /** How a response ends too soon. */
  enum Cut {
    /** The connection is lost, and HTTP says so. */
    LOST,
    /** As if the response ended there: a body without a length whose connection was closed. */
    ENDED
  }

  /** After so long a server sends what it has. */
  private static final long MAX_SILENCE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final HttpService service;
  private final List<String> withoutCapabilities;
  private @Nullable Answer last;
  private @Nullable Replay replay;
  private int exchanges;

  /**
   * Makes a wire to a server.
   *
   * @param withoutCapabilities the capabilities of version 1 that the client does not see
   */
  MemoryWire(HttpService service, String... withoutCapabilities) {
    this.service = service;
    this.withoutCapabilities = List.of(withoutCapabilities);
  }

  /**
   * A response.
   *
   * @param complete whether the server sent it to its end
   * @param slow whether it took so long, on a busy machine, that the server may have sent frames
   *     that were not full
   */
  record Answer(int status, HttpFields fields, ByteString body, boolean complete, boolean slow) {
    /** Fails unless the other response has the same bytes. */
    void requireSame(Answer other, String where) {
      assertThat(other.status).as(where).isEqualTo(status);
      assertThat(other.fields).as(where).isEqualTo(fields);
      assertThat(other.complete).as(where).isEqualTo(complete);
      if (!slow && !other.slow) {
        assertThat(other.body).as(where).isEqualTo(body);
      }
    }
  }

  /** What a client gets in place of the next response: the beginning of one. */
  private record Replay(Answer answer, int length, Cut cut) {}

  /** Connects a client. */
  Peer connect(PeerOptionsBuilder options) throws PeerException {
    return Peer.connect(URI.create("http://server.test/"), options.transport(this).build());
  }

  /** Sends, in place of the next response, the first bytes of the body of an earlier one. */
  void replayNext(Answer answer, int length, Cut cut) {
    replay = new Replay(answer, length, cut);
  }

  /** Returns the last response of the server. */
  Answer last() {
    return Objects.requireNonNull(last);
  }

  /** Returns the number of exchanges so far. */
  int exchanges() {
    return exchanges;
  }

  @Override
  public HttpTransport open(PeerOptions options) {
    return new HttpTransport() {
      @Override
      public Response send(Request request) throws IOException {
        return exchange(request);
      }

      @Override
      public void close() {}
    };
  }

  private HttpTransport.Response exchange(HttpTransport.Request request) throws IOException {
    exchanges++;
    Replay replayed = replay;
    replay = null;
    if (replayed != null) {
      InputStream sent =
          new ByteArrayInputStream(replayed.answer.body().toByteArray(), 0, replayed.length);
      return replayed.cut == Cut.LOST
          ? WireResponse.lost(replayed.answer.status(), replayed.answer.fields(), sent)
          : new WireResponse(replayed.answer.status(), replayed.answer.fields(), sent);
    }
    HttpFields fields = HttpFields.empty();
    for (HttpTransport.Header header : request.headers()) {
      fields = fields.with(header.name(), header.value());
    }
    URI url = request.url();
    String query = url.getRawQuery();
    String target = url.getRawPath() + (query == null ? "" : "?" + query);
    Answer answer = send(service, request.method(), target, fields, bytes(request.body()));
    boolean isText = "application/mercurial-0.1".equals(answer.fields().first("Content-Type"));
    if ("cmd=capabilities".equals(query) && isText) {
      answer =
          new Answer(answer.status(), answer.fields(), visible(answer.body().utf8()), true, false);
    }
    last = answer;
    return new WireResponse(
        answer.status(), answer.fields(), new ByteArrayInputStream(answer.body().toByteArray()));
  }

  private ByteString visible(String capabilities) {
    List<String> words = new ArrayList<>(List.of(capabilities.split(" ", -1)));
    words.removeIf(word -> withoutCapabilities.contains(word.replaceFirst("=.*", "")));
    return ByteString.utf8(String.join(" ", words));
  }

  private static byte[] bytes(@Nullable List<ByteBuffer> parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (ByteBuffer part : parts == null ? List.<ByteBuffer>of() : parts) {
      bytes.writeBytes(ByteString.copyOf(part.duplicate()).toByteArray());
    }
    return bytes.toByteArray();
  }

  /** Sends a request whose body ends after {@code body}, and returns the response. */
  static Answer send(
      HttpService service, String method, String target, HttpFields fields, byte[] body)
      throws IOException {
    return send(service, method, target, fields, body, Math.max(1, body.length));
  }

  /**
   * Sends a request whose body ends after {@code body}, and returns the response, what there is of
   * which is pulled after each piece of the body.
   *
   * @param piece the length of a piece
   */
  static Answer send(
      HttpService service, String method, String target, HttpFields fields, byte[] body, int piece)
      throws IOException {
    long begun = System.nanoTime();
    RequestHead head = new RequestHead(method, target, fields, ClientConnection.UNKNOWN);
    try (HttpExchange exchange = service.open(head)) {
      ByteArrayOutputStream sent = new ByteArrayOutputStream();
      int at = 0;
      while (at < body.length && exchange.wantsInput()) {
        int length = Math.min(piece, body.length - at);
        exchange.receive(ByteBuffer.wrap(body, at, length));
        at += length;
        if (at < body.length) {
          pull(exchange, sent);
        }
      }
      exchange.endOfInput();
      boolean complete = true;
      try {
        pull(exchange, sent);
        assertThat(exchange.finished()).as("nothing more is waited for").isTrue();
      } catch (IOException fault) {
        assertThat(fault).hasCauseInstanceOf(WireProtocolException.class);
        complete = false;
      }
      boolean slow = System.nanoTime() - begun >= MAX_SILENCE_NANOS;
      ResponseHead response = Objects.requireNonNull(exchange.responseHead());
      return new Answer(
          response.status(),
          response.fields(),
          ByteString.copyOf(sent.toByteArray()),
          complete,
          slow);
    }
  }

  private static void pull(HttpExchange exchange, ByteArrayOutputStream into) throws IOException {
    for (ByteBuffer next = exchange.nextOutput(); next != null; next = exchange.nextOutput()) {
      into.writeBytes(ByteString.copyOf(next).toByteArray());
    }
  }
}
