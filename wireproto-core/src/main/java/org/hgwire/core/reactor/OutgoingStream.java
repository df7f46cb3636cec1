// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.encoding.ContentEncoder;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameHeader;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.frame.StreamFlags;
import org.jspecify.annotations.Nullable;

/**
 * A stream that we send: packs what is written into frames of a limited size, encodes them with the
 * one context of the stream and puts them into a queue.
 *
 * <p>Bytes wait until a frame is full, the series ends, another series writes, or {@link #flush} is
 * called. A frame never mixes requests, and what the encoder has buffered of one request is flushed
 * before the next, so that a decoder can always distinguish them. The context is never ended in
 * between, because Mercurial's client accepts one zstd frame or zlib stream per stream. What is
 * written while there is no encoder is not encoded; each frame says whether it is.
 */
final class OutgoingStream implements AutoCloseable {
  /** The size in bytes of the buffer for the first frame, until more is written: most are short. */
  private static final int FIRST_BUFFER = 1024;

  private static final int GROWTH = 4;

  private final int id;
  private final int framePayload;
  private final Queue<ByteBuffer> output;
  private final LazyEncoder encoding;
  private final Set<Integer> carried = new HashSet<>();
  private boolean begun;
  private boolean unflushed;
  private int requestId;
  private @Nullable FrameSeries series;
  private boolean first;
  private long seriesBytes;
  private @Nullable ByteBuffer frame;
  private int bufferSize = FIRST_BUFFER;

  /**
   * Makes a stream.
   *
   * @param id its id
   * @param encoding its content encoding; with identity it has no settings and no encoded frames
   * @param framePayload the maximum payload of a frame in bytes
   * @param output the queue for encoded frames
   */
  OutgoingStream(int id, LazyEncoder encoding, int framePayload, Queue<ByteBuffer> output) {
    this.id = id;
    this.framePayload = framePayload;
    this.output = output;
    this.encoding = encoding;
  }

  int id() {
    return id;
  }

  /** Returns whether a series of the request is incomplete on this stream. */
  boolean carries(int request) {
    return carried.contains(request);
  }

  /** Appends the remaining bytes of {@code data}, whose position does not change, to a series. */
  void write(int request, FrameSeries to, ByteBuffer data) {
    turnTo(request, to);
    carried.add(request);
    seriesBytes += data.remaining();
    if (encoding.get() == null && encoding.make(seriesBytes)) {
      encodeWaiting(to);
    }
    append(to, data.duplicate());
  }

  /** Encodes what was written before there was an encoder and is not in a frame yet. */
  private void encodeWaiting(FrameSeries to) {
    ByteBuffer plain = frame;
    frame = null;
    if (plain != null) {
      append(to, plain.flip().position(FrameHeader.BYTES));
    }
  }

  private void append(FrameSeries to, ByteBuffer input) {
    ContentEncoder encoder = encoding.get();
    while (input.hasRemaining()) {
      ByteBuffer room = room(to);
      if (encoder == null) {
        int length = Math.min(room.remaining(), input.remaining());
        room.put(room.position(), input, input.position(), length);
        room.position(room.position() + length);
        input.position(input.position() + length);
      } else {
        unflushed = true;
        encoder.encode(input, room);
      }
    }
  }

  /** Returns whether the encoder was given back, so that more data needs another stream. */
  boolean isRetired() {
    return encoding.isClosed();
  }

  /** Puts all waiting bytes into frames and gives the encoder back. */
  void releaseEncoder() {
    if (encoding.get() != null) {
      flush();
      encoding.close();
    }
  }

  /** Ends the stream with an empty frame of a response, which has {@code flags}. */
  void finish(int request, int flags) {
    put(request, StreamFlags.END, FrameType.COMMAND_RESPONSE, flags, ByteBuffer.allocate(0));
    close();
  }

  /** Sends bytes that are encoded already. All data of the stream is sent this way, or nothing. */
  void sendEncoded(int request, ByteBuffer encoded) {
    begin(request);
    for (int at = encoded.position(); at < encoded.limit(); at += framePayload) {
      put(
          request,
          StreamFlags.ENCODED,
          FrameType.COMMAND_RESPONSE,
          FrameType.CONTINUATION,
          encoded.slice(at, Math.min(framePayload, encoded.limit() - at)));
    }
  }

  /** Sends what waits of an incomplete series, which another stream continues. */
  void leave(int request) {
    if (requestId == request) {
      flush();
      series = null;
    }
    carried.remove(request);
  }

  /** Ends a series with a last frame, which may be empty. */
  void end(int request, FrameSeries ended) {
    turnTo(request, ended);
    drainEncoder(ended);
    emit(ended, true);
    series = null;
    carried.remove(request);
  }

  /** Puts all waiting bytes into frames. */
  void flush() {
    FrameSeries open = series;
    if (open == null) {
      return;
    }
    drainEncoder(open);
    if (frame != null && frame.position() > FrameHeader.BYTES) {
      emit(open, false);
    }
  }

  /** Sends settings as one series of frames that are never encoded. */
  void settings(int request, FrameType type, ByteString payload) {
    int end = 0;
    do {
      int start = end;
      end = Math.min(payload.length(), start + framePayload);
      // "This frame type MUST ONLY occur on frames having the Beginning of Stream […] set."
      boolean begin = !begun || type == FrameType.STREAM_SETTINGS;
      put(
          request,
          begin ? StreamFlags.BEGIN : 0,
          type,
          end < payload.length() ? FrameType.CONTINUATION : FrameType.EOS,
          payload.substring(start, end).asByteBuffer());
      begun = true;
    } while (end < payload.length());
  }

  /** Sends one whole frame without content encoding, outside of any series. */
  void single(int request, FrameType type, ByteString payload) {
    begin(request);
    put(request, beginFlag(), type, 0, payload.asByteBuffer());
    begun = true;
  }

  /**
   * Sends one whole frame without content encoding that ends the stream. Waiting bytes of the
   * request itself are discarded, those of another are sent first.
   */
  void retire(int request, FrameType type, ByteString payload) {
    if (requestId != request) {
      flush();
    }
    begin(request);
    put(request, beginFlag() | StreamFlags.END, type, 0, payload.asByteBuffer());
    close();
  }

  private void turnTo(int request, FrameSeries to) {
    if (series == to && requestId == request) {
      return;
    }
    flush();
    requestId = request;
    series = to;
    seriesBytes = 0;
    first = true;
    begin(request);
  }

  /** Sends the stream settings before anything else. */
  private void begin(int request) {
    String name = encoding.name();
    if (!begun && name != null) {
      settings(request, FrameType.STREAM_SETTINGS, CborEncoder.encode(CborBytes.utf8(name)));
    }
  }

  private int beginFlag() {
    return begun ? 0 : StreamFlags.BEGIN;
  }

  private void drainEncoder(FrameSeries open) {
    ContentEncoder encoder = encoding.get();
    if (encoder != null && unflushed) {
      boolean done = false;
      while (!done) {
        done = encoder.flush(room(open));
      }
      unflushed = false;
    }
  }

  /** Returns the frame being filled, with room for at least one byte. */
  private ByteBuffer room(FrameSeries open) {
    int size = FrameHeader.BYTES + framePayload;
    ByteBuffer filled = frame;
    if (filled != null && !filled.hasRemaining()) {
      if (filled.capacity() < size) {
        int grown = Math.min(size, GROWTH * filled.capacity());
        frame = ByteBuffer.allocate(grown).put(filled.flip());
      } else {
        emit(open, false);
        bufferSize = size;
      }
    }
    if (frame == null) {
      frame = ByteBuffer.allocate(Math.min(size, bufferSize)).position(FrameHeader.BYTES);
    }
    return frame;
  }

  /** Sends the filled frame; hands over its buffer, or a copy if most of that is unused. */
  private void emit(FrameSeries of, boolean last) {
    ByteBuffer filled =
        frame == null ? ByteBuffer.allocate(FrameHeader.BYTES).position(FrameHeader.BYTES) : frame;
    int length = filled.position() - FrameHeader.BYTES;
    int encoded = encoding.get() != null && length > 0 ? StreamFlags.ENCODED : 0;
    FrameHeader header =
        new FrameHeader(
            length, requestId, id, beginFlag() | encoded, of.type().code(), of.flags(first, last));
    filled.flip();
    header.write(filled);
    filled.rewind();
    if (length * 4L < framePayload * 3L) {
      output.add(ByteBuffer.allocate(filled.remaining()).put(filled).flip());
      filled.clear();
      filled.position(FrameHeader.BYTES);
    } else {
      output.add(filled);
      frame = null;
    }
    begun = true;
    first = false;
  }

  private void put(int request, int streamFlags, FrameType type, int flags, ByteBuffer payload) {
    output.add(Frame.of(request, id, streamFlags, type, flags, payload).encode());
  }

  @Override
  public void close() {
    series = null;
    frame = null;
    encoding.close();
  }
}
