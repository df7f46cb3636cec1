// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.reference;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborEvent;
import org.hgwire.core.cbor.DiagnosticNotation;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.frame.FrameNotation;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.reactor.ClientEvent;
import org.hgwire.core.reactor.ClientReactor;
import org.hgwire.core.reactor.ResponseDecoder;
import org.hgwire.core.reactor.ResponseEvent;
import org.hgwire.server.AccessControl;
import org.hgwire.server.ClientConnection;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.http.HttpEndpoint;
import org.hgwire.server.http.HttpExchange;
import org.hgwire.server.http.HttpFields;
import org.hgwire.server.http.RequestHead;
import org.hgwire.server.http.ResponseHead;
import org.hgwire.server.repository.Repository;

/** Frames in text notation against our server and our client, in memory. */
final class Wire {
  static final WireLimits LIMITS = WireLimits.defaults();
  static final ContentEncodings IDENTITY = ContentEncodings.named("identity");
  private static final String TYPE = "application/mercurial-exp-framing-0006";

  private Wire() {}

  /** What a server answered. */
  record Answer(int status, ByteString body) {}

  /** Returns the bytes of frames in text notation, one a line. */
  static ByteString frames(String... lines) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String line : lines) {
      bytes.writeBytes(ByteString.copyOf(FrameNotation.parse(line).encode()).toByteArray());
    }
    return ByteString.copyOf(bytes.toByteArray());
  }

  /** Posts {@code body} to {@code ro} or {@code rw}, a slash and a command. */
  static Answer post(Repository repository, String target, ByteString body) throws IOException {
    ServerOptions options =
        ServerOptions.builder(RepositoryResolver.atRoot(repository))
            .accessControl(AccessControl.open())
            .build();
    RequestHead head =
        new RequestHead(
            "POST",
            "/api/exp-http-v2-0003/" + target,
            HttpFields.of("Accept", TYPE).with("Content-Type", TYPE),
            ClientConnection.UNKNOWN);
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    try (HttpExchange exchange = new HttpEndpoint(options).open(head)) {
      for (int at = 0; at < body.length() && exchange.wantsInput(); at += 10_000) {
        exchange.receive(body.substring(at, Math.min(at + 10_000, body.length())).asByteBuffer());
        drain(exchange, output);
      }
      if (exchange.wantsInput()) {
        exchange.endOfInput();
      }
      drain(exchange, output);
      ResponseHead response = Objects.requireNonNull(exchange.responseHead());
      return new Answer(response.status(), ByteString.copyOf(output.toByteArray()));
    }
  }

  private static void drain(HttpExchange exchange, ByteArrayOutputStream output)
      throws IOException {
    for (ByteBuffer part = exchange.nextOutput(); part != null; part = exchange.nextOutput()) {
      output.writeBytes(ByteString.copyOf(part).toByteArray());
    }
  }

  /** Calls one command and returns its objects in diagnostic notation, or its error. */
  static List<String> call(Repository repository, String target, CommandRequest request)
      throws IOException {
    try (ClientReactor reactor = new ClientReactor(LIMITS, IDENTITY, IDENTITY.preferred().get(0))) {
      reactor.call(request, false);
      return read(reactor, post(repository, target, output(reactor)).body());
    }
  }

  static ByteString output(ClientReactor reactor) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (ByteBuffer part = reactor.pollOutput(); part != null; part = reactor.pollOutput()) {
      bytes.writeBytes(ByteString.copyOf(part).toByteArray());
    }
    return ByteString.copyOf(bytes.toByteArray());
  }

  /** Reads a response to one request to its end. */
  static List<String> read(ClientReactor reactor, ByteString body) {
    List<String> objects = new ArrayList<>();
    ResponseDecoder decoder = ResponseDecoder.ofResponse(LIMITS);
    for (ClientEvent event : events(reactor, body)) {
      if (event instanceof ClientEvent.ResponseReceived received) {
        decoder.feed(received.data());
        for (ResponseEvent part = decoder.poll(); part != null; part = decoder.poll()) {
          if (part instanceof ResponseEvent.CommandFailed failed) {
            objects.add("failed: " + failed.error().message().render(1000));
          } else if (part instanceof ResponseEvent.ObjectReceived object
              && object.event() instanceof CborEvent.ValueRead value) {
            objects.add(DiagnosticNotation.print(value.value()));
          }
        }
      } else if (event instanceof ClientEvent.ErrorReceived error) {
        objects.add("error: " + error.error().message().render(1000));
      } else if (event instanceof ClientEvent.ResponseEnded) {
        objects.add("end");
      } else if (event instanceof ClientEvent.RequestFailed failed) {
        objects.add("lost: " + failed.fault().code());
      } else if (event instanceof ClientEvent.ProtocolFailed failed) {
        objects.add("fault: " + failed.fault().code());
      }
    }
    return objects;
  }

  /** Gives {@code input} to a client's reactor; pieces of responses are copied. */
  static List<ClientEvent> events(ClientReactor reactor, ByteString input) {
    List<ClientEvent> events = new ArrayList<>();
    reactor.receive(input.asByteBuffer());
    for (ClientEvent event = reactor.poll(); event != null; event = reactor.poll()) {
      events.add(
          event instanceof ClientEvent.ResponseReceived received
              ? new ClientEvent.ResponseReceived(
                  received.requestId(), ByteString.copyOf(received.data()).asByteBuffer())
              : event);
    }
    return events;
  }
}
