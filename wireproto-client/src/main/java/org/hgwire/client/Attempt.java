// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hgwire.core.ErrorOrigin;
import org.hgwire.core.ErrorScope;
import org.hgwire.core.PeerText;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.core.encoding.ContentEncoding;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.reactor.ClientEvent;
import org.hgwire.core.reactor.ClientReactor;
import org.hgwire.redirects.fetch.Pace;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP exchange: the requests sent, the body of the response as events of a {@link
 * ClientReactor}. For one thread at a time, except {@link #cancel}.
 */
final class Attempt implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;

  private final ClientReactor reactor;
  private final Connector connector;
  private final HttpTransport.Response response;
  private final InputStream body;
  private final URI url;
  private final Map<Integer, ResponseQueue> queues;
  private final ExchangeListener listener;
  private final @Nullable FrameTap tap;
  private final byte[] buffer = new byte[BUFFER];
  private final Duration firstByteTimeout;
  private final Duration idleTimeout;
  private final Pace pace;
  private boolean ended;
  private @Nullable Duration readTimeout;

  private Attempt(
      ClientReactor reactor,
      Connector connector,
      Connector.FinalResponse received,
      Map<Integer, ResponseQueue> queues,
      PeerOptions options) {
    this.reactor = reactor;
    this.connector = connector;
    this.response = received.response();
    this.body = response.body();
    this.url = received.url();
    this.queues = queues;
    this.listener = options.listener();
    this.firstByteTimeout = options.firstByteTimeout();
    this.idleTimeout = options.idleTimeout();
    this.pace = new Pace(options.minResponseRate(), System::nanoTime);
    this.tap =
        listener.wantsFrames() ? new FrameTap(options.limits(), listener::frameReceived) : null;
  }

  /** Sends {@code requests} and waits for the head of a response that consists of frames. */
  static Attempt open(
      Connector connector,
      PeerOptions options,
      URI url,
      List<CommandRequest> requests,
      List<ResponseQueue> queues)
      throws PeerException {
    ClientReactor reactor =
        new ClientReactor(
            options.limits(), options.encodings(), identity(), options.sideChannels());
    Connector.@Nullable FinalResponse received = null;
    boolean opened = false;
    try {
      Map<Integer, ResponseQueue> byId = new HashMap<>();
      for (int i = 0; i < requests.size(); i++) {
        byId.put(reactor.call(requests.get(i), false), queues.get(i));
      }
      List<ByteBuffer> output = output(reactor);
      long bytes = output.stream().mapToLong(ByteBuffer::remaining).sum();
      if (bytes > options.maxRequestBytes()) {
        throw RequestTooLargeException.notSent(bytes, options.maxRequestBytes());
      }
      tapOutput(options, output);
      try {
        received = connector.send(url, headers(), output);
      } catch (TransportException e) {
        throw RequestTooLargeException.ofUpload(e, bytes, url);
      }
      requireFrames(received);
      Attempt attempt = new Attempt(reactor, connector, received, byId, options);
      opened = true;
      return attempt;
    } finally {
      if (!opened) {
        reactor.close();
        if (received != null) {
          received.response().close();
        }
      }
    }
  }

  private static ContentEncoding identity() {
    return ContentEncodings.named("identity").preferred().get(0);
  }

  private static List<HttpTransport.Header> headers() {
    return List.of(
        new HttpTransport.Header("Accept", HttpV2Api.FRAMING_MEDIA_TYPE),
        new HttpTransport.Header("Content-Type", HttpV2Api.FRAMING_MEDIA_TYPE));
  }

  private static List<ByteBuffer> output(ClientReactor reactor) {
    List<ByteBuffer> output = new ArrayList<>();
    for (ByteBuffer next = reactor.pollOutput(); next != null; next = reactor.pollOutput()) {
      output.add(next);
    }
    return output;
  }

  private static void tapOutput(PeerOptions options, List<ByteBuffer> output) {
    if (options.listener().wantsFrames()) {
      FrameTap sent = new FrameTap(options.limits(), options.listener()::frameSent);
      output.forEach(sent::pass);
    }
  }

  /** Throws unless the response is a success whose body consists of frames. */
  private static void requireFrames(Connector.FinalResponse received) throws PeerException {
    HttpTransport.Response response = received.response();
    if (response.status() < 200 || response.status() > 299) {
      throw StatusFaults.of(response, received.url());
    }
    String type = ContentType.of(response.header("Content-Type"));
    if (type.equals(HttpV2Api.FRAMING_MEDIA_TYPE)) {
      String compression = Intermediaries.compression(response, received.url());
      if (compression != null) {
        throw new PeerProtocolException(
            compression, WireProtocolException.connection(WireErrorCode.BAD_RESPONSE, compression));
      }
      return;
    }
    String place = TransportFaults.place(received.url());
    if (type.equals("text/plain")) {
      // Mercurial responds to a request that it cannot read with 200 and a line of text.
      String text = StatusFaults.text(response);
      String message = place + " could not read the request: " + text;
      throw new PeerProtocolException(
          message,
          new WireProtocolException(
              WireErrorCode.PEER_ERROR, ErrorScope.CONNECTION, ErrorOrigin.PEER, message));
    }
    String message =
        place
            + " responded to a command with the content type "
            + (type.isEmpty() ? "none" : PeerText.line(type))
            + ", not "
            + HttpV2Api.FRAMING_MEDIA_TYPE
            + "; check for a proxy or gateway that responds in the server's place.";
    throw new PeerProtocolException(
        message, WireProtocolException.connection(WireErrorCode.BAD_RESPONSE, message));
  }

  /** Returns the address that the response came from. */
  URI url() {
    return url;
  }

  /** Returns the queue of a request. */
  @Nullable ResponseQueue queue(int requestId) {
    return queues.get(requestId);
  }

  /**
   * Returns the next event, reading the body if necessary, or null after the last one.
   *
   * @param awaitingFirst whether the first object of a response may be what is waited for: a server
   *     may take long before it, but not in the middle of a response
   * @throws IOException if the body cannot be read to its end
   */
  @Nullable ClientEvent next(boolean awaitingFirst) throws IOException {
    long begun = System.nanoTime();
    while (true) {
      ClientEvent event = reactor.poll();
      if (event != null || ended) {
        return event;
      }
      limitRead(
          awaitingFirst ? firstByteTimeout.minusNanos(System.nanoTime() - begun) : idleTimeout);
      int count = awaitingFirst ? body.read(buffer, 0, buffer.length) : readInPace();
      if (count < 0) {
        ended = true;
        reactor.endOfInput();
      } else if (count > 0) {
        connector.received(count);
        listener.bytesReceived(count);
        ByteBuffer input = ByteBuffer.wrap(buffer, 0, count);
        if (tap != null) {
          tap.pass(input);
        }
        reactor.receive(input);
      }
    }
  }

  private void limitRead(Duration timeout) throws SocketTimeoutException {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new SocketTimeoutException("no frame was complete in time");
    }
    if (!timeout.equals(readTimeout)) {
      response.readTimeout(timeout);
      readTimeout = timeout;
    }
  }

  private int readInPace() throws IOException {
    int count = 0;
    pace.begin();
    try {
      count = body.read(buffer, 0, buffer.length);
    } finally {
      pace.received(count);
    }
    return count;
  }

  /** Ends the HTTP exchange, from any thread. */
  void cancel() {
    response.cancel();
  }

  @Override
  public void close() {
    reactor.close();
    response.close();
  }
}
