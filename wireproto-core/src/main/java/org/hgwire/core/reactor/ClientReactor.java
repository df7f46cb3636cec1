// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.encoding.ContentEncoding;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.encoding.EncoderPool;
import org.hgwire.core.encoding.IdentityEncoding;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.message.SenderSettings;
import org.hgwire.core.message.SideChannel;
import org.hgwire.core.reactor.ClientRequests.Request;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of one exchange: requests in, bytes out; bytes in, events out.
 *
 * <p>It does no I/O, reads no clock and starts no threads. Not safe for use by several threads.
 *
 * <h2>Theory of operation</h2>
 *
 * <p>Out: the first {@link #call} sends the sender settings on stream 1, and all requests and data
 * follow as frames on it. Encoded requests go out on a separate stream, 3, because the settings of
 * a stream must be its first frame and the sender settings must be the first frame of the exchange.
 * Request ids are 1, 3, 5 and so on, and wrap; an id is in use until the response has ended and all
 * data was sent.
 *
 * <p>In: {@link #receive} lends the reactor a buffer, and each {@link #poll} reads it up to the
 * next event and no further, so that a response is produced slice by slice, however large it
 * becomes when decoded. A frame is checked against its stream, then against its request (AWAITED,
 * DROPPED, ENDED); what their tables do not list ends the exchange.
 *
 * <p>Errors have three scopes. A malformed message fails its request. Bytes that the content
 * encoding of a stream cannot decode fail all active requests that had frames on that stream; later
 * encoded frames on it are dropped and fail their requests. Anything else fails every request,
 * followed by ProtocolFailed; after that the reactor accepts no input. A request fails once: what
 * still arrives for it is dropped. When the input ends, each request without a complete response
 * fails as truncated: a truncated response is never mistaken for a complete one.
 */
public final class ClientReactor implements AutoCloseable {
  private static final int SETTINGS_STREAM = 1;
  private static final int ENCODED_STREAM = 3;

  private final SenderSettings settings;
  private final ClientRequests requests = new ClientRequests();
  private final IncomingFrames<ClientEvent> frames;
  private final Queue<ByteBuffer> output = new ArrayDeque<>();
  private final OutgoingStream first;
  private final OutgoingStream stream;
  private boolean begun;

  /**
   * Makes a reactor.
   *
   * @param limits the limits to enforce on responses
   * @param accepted the content encodings that the server may use
   * @param outgoing the content encoding of requests: identity, unless the server is known to
   *     decode another
   */
  public ClientReactor(WireLimits limits, ContentEncodings accepted, ContentEncoding outgoing) {
    this(limits, accepted, outgoing, Set.of(SideChannel.values()));
  }

  /**
   * Makes a reactor that accepts some side channels.
   *
   * @param sideChannels what the server may send besides responses
   */
  public ClientReactor(
      WireLimits limits,
      ContentEncodings accepted,
      ContentEncoding outgoing,
      Set<SideChannel> sideChannels) {
    settings =
        new SenderSettings(
            accepted.names(),
            sideChannels.contains(SideChannel.TEXT_OUTPUT),
            sideChannels.contains(SideChannel.PROGRESS));
    IncomingStreams streams = IncomingStreams.ofServer(limits, accepted);
    frames = new IncomingFrames<>(limits, streams, new ClientInput(limits, requests, streams));
    boolean identity = outgoing.name().equals(IdentityEncoding.NAME);
    first =
        new OutgoingStream(
            SETTINGS_STREAM, encoder(null), limits.intOf(WireLimit.EMITTED_FRAME_PAYLOAD), output);
    stream =
        identity
            ? first
            : new OutgoingStream(
                ENCODED_STREAM,
                encoder(outgoing),
                limits.intOf(WireLimit.EMITTED_FRAME_PAYLOAD),
                output);
  }

  private static LazyEncoder encoder(@Nullable ContentEncoding encoding) {
    return new LazyEncoder(encoding, 0, EncoderPool.unlimited());
  }

  /**
   * Starts a request. Before the first one the sender settings are sent.
   *
   * @param dataFollows whether {@link #sendData} and {@link #endData} follow
   * @return its id: odd, and not that of an active request
   * @throws IllegalStateException if all ids are in use, or the input has failed or was ended
   */
  public int call(CommandRequest request, boolean dataFollows) {
    if (!frames.isOpen()) {
      throw new IllegalStateException("no response can arrive: the input has ended or failed");
    }
    Request begunRequest = requests.begin(dataFollows);
    int id = begunRequest.id;
    if (!begun) {
      // "this frame type MUST be sent before any other frame type in a channel"
      begun = true;
      first.settings(id, FrameType.SENDER_PROTOCOL_SETTINGS, CborEncoder.encode(settings.toCbor()));
    }
    FrameSeries series = dataFollows ? FrameSeries.REQUEST_WITH_DATA : FrameSeries.REQUEST;
    stream.write(id, series, CborEncoder.encode(request.toCbor()).asByteBuffer());
    stream.end(id, series);
    return id;
  }

  /**
   * Appends a piece of the data of a request. Data may be sent, and must be ended, even after the
   * response has ended or the request was cancelled.
   *
   * @param data the bytes, which are copied or encoded immediately; the position does not change
   * @throws IllegalArgumentException if the request has no data, or it was ended
   */
  public void sendData(int requestId, ByteBuffer data) {
    requireSendingData(requestId);
    stream.write(requestId, FrameSeries.DATA, data);
  }

  /**
   * Ends the data of a request.
   *
   * @throws IllegalArgumentException if the request has no data, or it was ended
   */
  public void endData(int requestId) {
    Request request = requireSendingData(requestId);
    stream.end(requestId, FrameSeries.DATA);
    requests.endData(request);
  }

  private Request requireSendingData(int requestId) {
    Request request = requests.sendingData(requestId);
    if (request == null) {
      throw new IllegalArgumentException("request " + requestId + " has no data to be sent");
    }
    return request;
  }

  /** Puts all waiting data into frames, full or not: for data that pauses. */
  public void flush() {
    stream.flush();
  }

  /**
   * Returns the next bytes to send, in whole frames, or null if there are none now. The buffer
   * belongs to the caller.
   */
  public @Nullable ByteBuffer pollOutput() {
    return output.poll();
  }

  /**
   * Gives the reactor its next input, which {@link #poll} reads. The buffer must not change until
   * {@link #poll} has returned null.
   *
   * @throws IllegalStateException if earlier input is left, or the reactor has failed, was ended or
   *     closed
   */
  public void receive(ByteBuffer input) {
    frames.receive(input);
  }

  /**
   * Says that no input follows what was received: active requests fail as truncated; then {@link
   * #poll} returns InputEnded, or ProtocolFailed if the input ended within a frame. After a failure
   * this has no effect.
   */
  public void endOfInput() {
    frames.endOfInput();
  }

  /** Returns the next event, or null when the input is used up. */
  public @Nullable ClientEvent poll() {
    return frames.poll();
  }

  /**
   * Cancels a request: what still arrives for it is decoded and dropped, and its id stays in use
   * until it ends. Has no effect on a request that is not active, since it may just have ended.
   * Data that is being sent must still be ended; the protocol cannot abort it.
   */
  public void cancel(int requestId) {
    Request request = requests.unended(requestId);
    if (request != null) {
      requests.drop(request);
    }
  }

  /** Returns the number of active requests: neither ended nor failed nor cancelled. */
  public int activeRequests() {
    return requests.awaited();
  }

  /** Frees the contexts of all content encodings and drops output that was not polled. */
  @Override
  public void close() {
    frames.close();
    first.close();
    stream.close();
    output.clear();
  }
}
