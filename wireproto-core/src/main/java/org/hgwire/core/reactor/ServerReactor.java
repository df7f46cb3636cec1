// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import java.nio.ByteBuffer;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.encoding.ContentEncoding;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.message.ErrorResponse;
import org.hgwire.core.message.ProgressUpdate;
import org.hgwire.core.message.RichMessage;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of one exchange: bytes in, events out; responses in, bytes out.
 *
 * <p>It does no I/O, reads no clock and starts no threads. Not safe for use by several threads.
 *
 * <h2>Theory of operation</h2>
 *
 * <p>In: {@link #receive} lends the reactor a buffer, and each {@link #poll} reads it up to the
 * next event and no further, so that nothing accumulates, whether the buffer has a thousand
 * requests or a payload that decodes to gigabytes. A frame is checked against its stream (open?
 * begun? settings complete?), then against the exchange (BEGINNING, RECEIVING_SETTINGS, OPEN), then
 * against its request (IDLE, RECEIVING, RECEIVING_DATA, RESPONDING); each of the three has a table
 * of transitions, and what the table does not list ends the exchange with ProtocolFailed.
 * Everything before the fault is delivered first; after it no input is accepted, but responses to
 * active requests may still be sent. A request with valid frames and malformed content becomes
 * CommandRefused and affects no other.
 *
 * <p>Out: a response is written piece by piece to the one stream for all responses; one that is
 * encoded already gets a stream of its own. {@link #pollOutput} returns it in whole frames when a
 * frame is full, another response is written, or it ends. The stream has one encoding context for
 * all its responses, made for the first that is not short; responses before that, and all for which
 * there is no memory, are not encoded. A response that fails retires stream and context if part of
 * it was written; {@link #releaseEncoder} retires them as well.
 *
 * <p>Bounds: {@link WireLimits}. Requests beyond {@link WireLimit#MAX_ACTIVE_REQUESTS} are never
 * refused: while {@link #wantsInput} is false, neither receive nor poll input. Output is bounded by
 * the caller, which should empty {@link #pollOutput} before writing more.
 */
public final class ServerReactor implements AutoCloseable {
  private final WireLimits limits;
  private final HeldBytes held;
  private final ServerRequests requests;
  private final ServerInput input;
  private final IncomingFrames<ServerEvent> frames;
  private final ResponseStreams responses;

  /** Makes a reactor that supports {@code encodings} in both directions, and is alone. */
  public ServerReactor(WireLimits limits, ContentEncodings encodings) {
    this(limits, encodings, ServerMemory.unlimited());
  }

  /**
   * Makes a reactor that supports {@code encodings} in both directions.
   *
   * @param memory what it shares with the other reactors of a server. When that does not suffice
   *     for a request, the exchange ends with ProtocolFailed and the code OVERLOADED; when it does
   *     not suffice for an encoder, the response is sent unencoded
   */
  public ServerReactor(WireLimits limits, ContentEncodings encodings, ServerMemory memory) {
    this.limits = limits;
    held = new HeldBytes(memory.requests());
    requests = new ServerRequests(limits, held);
    input = new ServerInput(limits, requests, held);
    frames =
        new IncomingFrames<>(
            limits, IncomingStreams.ofClient(limits, encodings, held, memory.decoders()), input);
    responses = new ResponseStreams(limits, encodings, memory.encoders());
  }

  /**
   * Gives the reactor its next input, which {@link #poll} reads. The buffer must not change until
   * {@link #poll} has returned null.
   *
   * @throws IllegalStateException if earlier input is left, or the reactor has failed, was ended or
   *     closed
   */
  public void receive(ByteBuffer bytes) {
    frames.receive(bytes);
  }

  /**
   * Says that no input follows what was received; {@link #poll} then returns InputEnded or
   * ProtocolFailed. After a failure this has no effect.
   */
  public void endOfInput() {
    frames.endOfInput();
  }

  /** Returns the next event, or null when the input is used up. */
  public @Nullable ServerEvent poll() {
    return frames.poll();
  }

  /**
   * Returns whether more input is wanted now. False while the limit of active requests is reached;
   * requests whose data is still arriving do not count, because they need input to proceed.
   */
  public boolean wantsInput() {
    return frames.isOpen() && requests.responding() < limits.intOf(WireLimit.MAX_ACTIVE_REQUESTS);
  }

  /**
   * Sets how much data an active request may have, in place of {@link WireLimit#MAX_COMMAND_DATA}.
   *
   * @param maxBytes the maximum number of bytes, counted from the beginning of the data
   * @throws IllegalArgumentException if the request is not active
   */
  public void allowCommandData(int requestId, long maxBytes) {
    requests.requireActive(requestId).maxData = maxBytes;
  }

  /**
   * Appends a piece of the response to an active request: CBOR, status map first.
   *
   * @param cbor the bytes, which are copied or encoded immediately; the position does not change
   * @throws IllegalArgumentException if the request is not active
   */
  public void respond(int requestId, ByteBuffer cbor) {
    requests.requireActive(requestId);
    responses.forData(input.settings(), requestId).write(requestId, FrameSeries.RESPONSE, cbor);
  }

  /**
   * Returns the content encoding that this client's responses have, the server's most preferred one
   * that the client takes, or null if they are not encoded. It does not change once a request was
   * received.
   */
  public @Nullable ContentEncoding responseEncoding() {
    return responses.chosen(input.settings());
  }

  /**
   * Appends a piece of the response to an active request that is encoded already. It is sent on a
   * stream of its own, which ends with the response, or when {@link #respond} continues it. The
   * pieces on one stream are one context of {@link #responseEncoding}, not ended, and flushed at
   * the end of the last one.
   *
   * @param encoded the bytes, which are copied; the position does not change
   * @throws IllegalArgumentException if the request is not active
   * @throws IllegalStateException if responses are not encoded, or 8 others have such a stream
   */
  public void respondEncoded(int requestId, ByteBuffer encoded) {
    requests.requireActive(requestId);
    if (responseEncoding() == null) {
      throw new IllegalStateException("the client takes no encoding that this server has");
    }
    responses.forEncoded(input.settings(), requestId).sendEncoded(requestId, encoded);
  }

  /**
   * Ends the response to an active request, which is no longer active. A last frame is sent even if
   * nothing was written.
   *
   * @throws IllegalArgumentException if the request is not active
   */
  public void endResponse(int requestId) {
    ServerRequest request = requests.requireActive(requestId);
    responses.end(input.settings(), requestId);
    requests.responseEnded(request);
  }

  /**
   * Ends an active request with an error frame. A stream that carried part of its response is
   * retired, so that no later response is mixed with that.
   *
   * @throws IllegalArgumentException if the request is not active
   */
  public void failResponse(int requestId, ErrorResponse error) {
    ServerRequest request = requests.requireActive(requestId);
    ByteString payload = CborEncoder.encode(error.toCbor());
    if (payload.length() > limits.intOf(WireLimit.EMITTED_FRAME_PAYLOAD)) {
      payload =
          CborEncoder.encode(new ErrorResponse(error.type(), shortened(error.message())).toCbor());
    }
    responses.fail(input.settings(), requestId, payload);
    requests.responseEnded(request);
  }

  /**
   * Sends text for people, if the client accepts it. Text that is too long for one frame is
   * truncated and loses its labels.
   *
   * @throws IllegalArgumentException if the request is not active
   */
  public void textOutput(int requestId, RichMessage text) {
    requests.requireActive(requestId);
    if (input.settings().textOutput()) {
      CborArray atoms = text.toCbor();
      ByteString payload = CborEncoder.encode(atoms);
      if (payload.length() > limits.intOf(WireLimit.EMITTED_FRAME_PAYLOAD)) {
        // "All data to be printed MUST be encoded into a single frame"
        payload = CborEncoder.encode(shortened(text).toCbor());
      }
      stream().single(requestId, FrameType.TEXT_OUTPUT, payload);
    }
  }

  /** Returns the text truncated so that it fits in a frame with every percent sign escaped. */
  private RichMessage shortened(RichMessage text) {
    return RichMessage.of(text.render(limits.intOf(WireLimit.EMITTED_FRAME_PAYLOAD) / 4));
  }

  /**
   * Sends progress, if the client accepts it.
   *
   * @throws IllegalArgumentException if the request is not active
   */
  public void progress(int requestId, ProgressUpdate update) {
    requests.requireActive(requestId);
    if (input.settings().progress()) {
      stream().single(requestId, FrameType.PROGRESS, CborEncoder.encode(update.toCbor()));
    }
  }

  private OutgoingStream stream() {
    return responses.current(input.settings());
  }

  /**
   * Puts all that was written into frames, full or not: for a response that pauses. Each flush
   * makes compression less effective.
   */
  public void flush() {
    responses.flush();
  }

  /**
   * Puts all that was written into frames and gives the encoder back, for a response that pauses
   * long. What is written next is on another stream, with another encoder.
   */
  public void releaseEncoder() {
    responses.releaseEncoder();
  }

  /**
   * Returns the next bytes to send, in whole frames, or null if there are none now. The buffer
   * belongs to the caller.
   */
  public @Nullable ByteBuffer pollOutput() {
    return responses.poll();
  }

  /** Returns the number of active requests: received, their response not ended. */
  public int activeRequests() {
    return requests.active();
  }

  /** Frees the contexts of all content encodings and drops output that was not polled. */
  @Override
  public void close() {
    frames.close();
    responses.close();
    held.close();
  }
}
