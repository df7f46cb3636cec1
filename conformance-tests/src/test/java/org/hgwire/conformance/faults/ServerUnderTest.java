// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.cbor.CborEvent;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameAssembler;
import org.hgwire.core.frame.FrameDecoder;
import org.hgwire.core.frame.FrameHeader;
import org.hgwire.core.frame.FrameNotation;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.message.ErrorResponse;
import org.hgwire.core.message.ResponseStatus;
import org.hgwire.server.AccessControl;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.http.Timeouts;
import org.hgwire.server.netty.HgWireServer;
import org.hgwire.server.repository.Repository;
import org.hgwire.server.repository.memory.MemoryRepository;

/** Our server on a free port, and a client that knows nothing but HTTP. */
final class ServerUnderTest implements AutoCloseable {
  private static final String FRAMING = "application/mercurial-exp-framing-0006";

  private final HgWireServer server;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  final OddCommands commands;

  /** A response that was read to its end. */
  record ServerResponse(int status, String type, ByteString body) {
    static final CborValue OK = CborMap.builder().put("status", ByteString.utf8("ok")).build();

    String text() {
      return body.utf8();
    }

    List<Frame> frames() {
      FrameDecoder decoder = new FrameDecoder(WireLimits.defaults());
      decoder.feed(body.asByteBuffer());
      FrameAssembler whole = new FrameAssembler(decoder);
      List<Frame> frames = new ArrayList<>();
      for (Frame frame = whole.poll(); frame != null; frame = whole.poll()) {
        frames.add(frame);
      }
      decoder.endOfInput();
      return frames;
    }

    /**
     * Returns the objects of an unencoded response, the status first; fails if it is incomplete.
     */
    List<CborValue> responseTo(int requestId) {
      CborDecoder decoder = new CborDecoder(WireLimits.defaults());
      List<CborValue> objects = new ArrayList<>();
      boolean ended = false;
      for (Frame frame : frames()) {
        FrameHeader header = frame.header();
        if (header.requestId() == requestId
            && header.typeCode() == FrameType.COMMAND_RESPONSE.code()) {
          decoder.feed(frame.payload());
          for (CborEvent event = decoder.poll(); event != null; event = decoder.poll()) {
            objects.add(((CborEvent.ValueRead) event).value());
          }
          ended |= header.hasFlag(FrameType.EOS);
        }
      }
      decoder.endOfInput();
      assertThat(ended).as("the response to %d is complete", requestId).isTrue();
      return objects;
    }

    /** Returns the message of the error frame or error status of a request. */
    String errorOf(int requestId) {
      for (Frame frame : frames()) {
        FrameHeader header = frame.header();
        if (header.requestId() == requestId
            && header.typeCode() == FrameType.ERROR_RESPONSE.code()) {
          return ErrorResponse.read(CborDecoder.decodeOne(frame.payload(), WireLimits.defaults()))
              .message()
              .render(1 << 16);
        }
      }
      List<CborValue> objects = responseTo(requestId);
      assertThat(objects).hasSize(1);
      return ((ResponseStatus.Failed) ResponseStatus.read(objects.get(0)))
          .error()
          .message()
          .render(1 << 16);
    }
  }

  private ServerUnderTest(HgWireServer server, OddCommands commands) {
    this.server = server;
    this.commands = commands;
  }

  static ServerUnderTest start() throws IOException {
    return start(MemoryRepository.publishing(), WireLimits.defaults(), Timeouts.defaults());
  }

  static ServerUnderTest start(WireLimits limits) throws IOException {
    return start(MemoryRepository.publishing(), limits, Timeouts.defaults());
  }

  static ServerUnderTest start(Timeouts timeouts) throws IOException {
    return start(MemoryRepository.publishing(), WireLimits.defaults(), timeouts);
  }

  static ServerUnderTest start(Repository repository) throws IOException {
    return start(repository, WireLimits.defaults(), Timeouts.defaults());
  }

  private static ServerUnderTest start(Repository repository, WireLimits limits, Timeouts timeouts)
      throws IOException {
    OddCommands commands = new OddCommands();
    ServerOptions options =
        commands
            .addTo(ServerOptions.builder(RepositoryResolver.atRoot(repository)))
            .accessControl(AccessControl.open())
            .limits(limits)
            .build();
    return new ServerUnderTest(
        HgWireServer.builder(options).timeouts(timeouts).grace(Duration.ofMillis(200)).start(),
        commands);
  }

  int port() {
    return server.port();
  }

  String url() {
    return "http://127.0.0.1:" + port() + "/";
  }

  /** Sends frames to {@code ro/multirequest}. */
  ServerResponse send(byte[] body) throws IOException, InterruptedException {
    return send("ro/multirequest", BodyPublishers.ofByteArray(body));
  }

  ServerResponse send(String path, BodyPublisher body) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = client.send(request(path, body), BodyHandlers.ofByteArray());
    return new ServerResponse(
        response.statusCode(),
        response.headers().firstValue("Content-Type").orElse(""),
        ByteString.copyOf(response.body()));
  }

  /** Returns a request for {@code api/exp-http-v2-0003/PATH}. */
  HttpRequest request(String path, BodyPublisher body) {
    return HttpRequest.newBuilder(URI.create(url() + "api/exp-http-v2-0003/" + path))
        .version(HttpClient.Version.HTTP_1_1)
        .header("Accept", FRAMING)
        .header("Content-Type", FRAMING)
        .timeout(Duration.ofSeconds(60))
        .POST(body)
        .build();
  }

  HttpClient client() {
    return client;
  }

  /** Returns the bytes of frames given in text notation. */
  static byte[] frames(String... lines) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String line : lines) {
      bytes.writeBytes(FrameNotation.parse(line).encode().array());
    }
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    server.close();
  }
}
