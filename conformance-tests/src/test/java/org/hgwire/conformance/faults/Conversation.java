// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.faults;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.cbor.CborEvent;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.message.ErrorResponse;
import org.hgwire.core.reactor.ClientEvent;
import org.hgwire.core.reactor.ClientReactor;
import org.jspecify.annotations.Nullable;

/** One exchange, as bytes of a client: encodes requests, and decodes the response to each. */
public final class Conversation implements AutoCloseable {
  private final ClientReactor reactor;
  private final Map<Integer, Outcome> outcomes = new LinkedHashMap<>();

  /** The outcome of one request. */
  public static final class Outcome {
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    boolean ended;
    @Nullable ErrorResponse error;
    @Nullable WireProtocolException fault;

    /** Returns the error frame, or null if there was none. */
    public @Nullable ErrorResponse error() {
      return error;
    }

    /** Returns the objects of the response, the status first. */
    public List<CborValue> objects() {
      CborDecoder decoder =
          new CborDecoder(WireLimits.defaults().with(WireLimit.WHOLE_BYTE_STRING, 1 << 26));
      decoder.feed(ByteBuffer.wrap(data.toByteArray()));
      List<CborValue> objects = new ArrayList<>();
      for (CborEvent event = decoder.poll(); event != null; event = decoder.poll()) {
        objects.add(((CborEvent.ValueRead) event).value());
      }
      decoder.endOfInput();
      return objects;
    }
  }

  /**
   * Begins an exchange.
   *
   * @param responses the only encoding that the server may use, besides identity
   * @param requests the encoding of the requests
   */
  public Conversation(String responses, String requests) {
    reactor =
        new ClientReactor(
            WireLimits.defaults(),
            ContentEncodings.named(responses),
            ContentEncodings.named(requests).preferred().get(0));
  }

  static CommandRequest echo(String text) {
    return CommandRequest.of("echo", CborMap.builder().put("text", ByteString.utf8(text)).build());
  }

  static CommandRequest request(String name) {
    return CommandRequest.of(name, CborMap.empty());
  }

  /** Adds a request without data. */
  public Outcome call(CommandRequest request) {
    Outcome outcome = new Outcome();
    outcomes.put(reactor.call(request, false), outcome);
    return outcome;
  }

  /** Adds a request with data. */
  Outcome call(CommandRequest request, byte[] data) {
    Outcome outcome = new Outcome();
    int id = reactor.call(request, true);
    outcomes.put(id, outcome);
    reactor.sendData(id, ByteBuffer.wrap(data));
    reactor.endData(id);
    return outcome;
  }

  /** Returns the bytes of all requests so far. */
  public byte[] output() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (ByteBuffer next = reactor.pollOutput(); next != null; next = reactor.pollOutput()) {
      byte[] copy = new byte[next.remaining()];
      next.get(copy);
      bytes.writeBytes(copy);
    }
    return bytes.toByteArray();
  }

  /** Reads a response to its end. */
  public void read(ByteString response) {
    reactor.receive(response.asByteBuffer());
    poll();
    reactor.endOfInput();
    poll();
  }

  private void poll() {
    for (ClientEvent event = reactor.poll(); event != null; event = reactor.poll()) {
      if (event instanceof ClientEvent.ResponseReceived received) {
        byte[] copy = new byte[received.data().remaining()];
        received.data().duplicate().get(copy);
        of(received.requestId()).data.writeBytes(copy);
      } else if (event instanceof ClientEvent.ResponseEnded ended) {
        of(ended.requestId()).ended = true;
      } else if (event instanceof ClientEvent.ErrorReceived error) {
        of(error.requestId()).error = error.error();
      } else if (event instanceof ClientEvent.RequestFailed failed) {
        of(failed.requestId()).fault = failed.fault();
      } else if (event instanceof ClientEvent.ProtocolFailed failed) {
        throw failed.fault();
      }
    }
  }

  private Outcome of(int requestId) {
    Outcome outcome = outcomes.get(requestId);
    if (outcome == null) {
      throw new AssertionError("a response to request " + requestId + ", which was not made");
    }
    return outcome;
  }

  @Override
  public void close() {
    reactor.close();
  }
}
