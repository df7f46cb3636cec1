// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborEvent;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.DiagnosticNotation;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.reactor.ClientEvent;
import org.hgwire.core.reactor.ClientReactor;
import org.hgwire.core.reactor.ResponseDecoder;
import org.hgwire.core.reactor.ResponseEvent;

/** A client without a transport: makes the frames of requests, and reads responses. */
public final class FrameClient implements AutoCloseable {
  private final ClientReactor reactor;
  private final Map<Integer, ResponseDecoder> decoders = new HashMap<>();
  private final Map<Integer, List<String>> said = new HashMap<>();
  private long streamed;

  /** Makes a client that accepts these encodings. */
  public FrameClient(String... encodings) {
    ContentEncodings identity = ContentEncodings.named("identity");
    reactor =
        new ClientReactor(
            WireLimits.defaults(),
            encodings.length == 0 ? identity : ContentEncodings.named(encodings),
            identity.preferred().get(0));
  }

  /** Adds a request without arguments and returns its id. */
  public int call(String command) {
    return call(command, CborMap.empty(), false);
  }

  /** Adds a request and returns its id. */
  public int call(String command, CborMap arguments, boolean dataFollows) {
    return call(CommandRequest.of(command, arguments), dataFollows);
  }

  /** Adds a request, with its redirect offer, and returns its id. */
  public int call(CommandRequest request, boolean dataFollows) {
    int id = reactor.call(request, dataFollows);
    decoders.put(id, ResponseDecoder.ofResponse(WireLimits.defaults()));
    said.put(id, new ArrayList<>());
    return id;
  }

  /** Adds data to a request. */
  public void data(int id, ByteBuffer bytes) {
    reactor.sendData(id, bytes);
  }

  /** Ends the data of a request. */
  public void endData(int id) {
    reactor.endData(id);
  }

  /** Returns the bytes that were added since the last call. */
  public byte[] bytes() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (ByteBuffer part = reactor.pollOutput(); part != null; part = reactor.pollOutput()) {
      byte[] copy = new byte[part.remaining()];
      part.get(copy);
      all.writeBytes(copy);
    }
    return all.toByteArray();
  }

  /** Reads bytes of the response. */
  public void receive(ByteBuffer bytes) {
    reactor.receive(bytes);
    events();
  }

  /** Reads the end of the response. */
  public void end() {
    reactor.endOfInput();
    events();
  }

  /** Returns the response to a request as text: its values, and how it ended. */
  public List<String> said(int id) {
    return requireNonNull(said.get(id));
  }

  private void events() {
    for (ClientEvent event = reactor.poll(); event != null; event = reactor.poll()) {
      if (event instanceof ClientEvent.ResponseReceived received) {
        ResponseDecoder decoder = requireNonNull(decoders.get(received.requestId()));
        decoder.feed(received.data());
        objects(decoder, said(received.requestId()));
      } else if (event instanceof ClientEvent.ResponseEnded ended) {
        requireNonNull(decoders.get(ended.requestId())).endOfInput();
        List<String> lines = said(ended.requestId());
        if (lines.isEmpty() || !lines.get(lines.size() - 1).startsWith("refused: ")) {
          lines.add("end");
        }
      } else if (event instanceof ClientEvent.ErrorReceived error) {
        said(error.requestId())
            .add("error " + error.error().type() + ": " + error.error().message().render(1000));
      } else if (event instanceof ClientEvent.RequestFailed failed) {
        said(failed.requestId()).add("failed: " + failed.fault().code());
      } else if (event instanceof ClientEvent.ProtocolFailed failed) {
        throw failed.fault();
      }
    }
  }

  private void objects(ResponseDecoder decoder, List<String> lines) {
    for (ResponseEvent event = decoder.poll(); event != null; event = decoder.poll()) {
      if (event instanceof ResponseEvent.CommandFailed failed) {
        lines.add("refused: " + failed.error().message().render(1000));
      } else if (event instanceof ResponseEvent.Redirected redirected) {
        lines.add("redirected: " + redirected.location().url());
      } else if (event instanceof ResponseEvent.ObjectReceived object) {
        if (object.event() instanceof CborEvent.ValueRead value) {
          String text = DiagnosticNotation.print(value.value());
          lines.add(text.length() < 200 ? text : text.length() / 2 + " bytes");
        } else if (object.event() instanceof CborEvent.BytesRead bytes) {
          streamed += bytes.data().remaining();
        } else if (object.event() instanceof CborEvent.BytesEnded) {
          lines.add("streamed " + streamed);
          streamed = 0;
        }
      }
    }
  }

  @Override
  public void close() {
    reactor.close();
  }
}
