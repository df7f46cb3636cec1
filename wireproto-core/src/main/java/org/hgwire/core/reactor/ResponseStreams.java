// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.encoding.ContentEncoding;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.encoding.EncoderPool;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.message.SenderSettings;
import org.jspecify.annotations.Nullable;

/**
 * The streams on which a server sends its responses: one at a time, with even ids, each with the
 * content encoding that the server prefers among those of the client.
 *
 * <p>A response that fails in the middle retires the stream that carried part of it, with the
 * encoder that still has bytes of it; the next frame begins another stream. After 254, ids are
 * reused.
 */
final class ResponseStreams implements AutoCloseable {
  private static final int FIRST_ID = 2;
  private static final int LAST_ID = 254;

  /** Shorter responses are not encoded, in bytes: an encoder costs more than it saves. */
  private static final int MAX_UNENCODED = 4 * 1024;

  private final WireLimits limits;
  private final ContentEncodings encodings;
  private final EncoderPool encoders;
  private final Queue<ByteBuffer> output = new ArrayDeque<>();
  private int nextId = FIRST_ID;
  private @Nullable OutgoingStream current;

  ResponseStreams(WireLimits limits, ContentEncodings encodings, EncoderPool encoders) {
    this.limits = limits;
    this.encodings = encodings;
    this.encoders = encoders;
  }

  /** Returns the stream for the next frame; {@code client} has the encodings that may be used. */
  OutgoingStream current(SenderSettings client) {
    OutgoingStream stream = current;
    if (stream == null) {
      stream =
          new OutgoingStream(
              nextId,
              new LazyEncoder(chosen(client), MAX_UNENCODED, encoders),
              limits.intOf(WireLimit.EMITTED_FRAME_PAYLOAD),
              output);
      nextId = nextId == LAST_ID ? FIRST_ID : nextId + 2;
      current = stream;
    }
    return stream;
  }

  /** Returns the stream for data of a response. */
  OutgoingStream forData(SenderSettings client, int requestId) {
    OutgoingStream stream = current(client);
    if (!stream.isRetired()) {
      return stream;
    }
    stream.finish(requestId);
    current = null;
    return current(client);
  }

  /** "Peers are allowed to encode stream data using any of the listed encodings." */
  private @Nullable ContentEncoding chosen(SenderSettings client) {
    for (ContentEncoding encoding : encodings.preferred()) {
      if (client.contentEncodings().contains(encoding.name())) {
        return encoding;
      }
    }
    // identity: "This profile MUST be supported by all peers."
    return null;
  }

  /** Sends an error frame, and retires the stream if it carried part of the response. */
  void fail(SenderSettings client, int requestId, ByteString error) {
    OutgoingStream stream = current(client);
    if (stream.carries(requestId)) {
      stream.retire(requestId, FrameType.ERROR_RESPONSE, error);
      current = null;
    } else {
      stream.single(requestId, FrameType.ERROR_RESPONSE, error);
    }
  }

  void flush() {
    if (current != null) {
      current.flush();
    }
  }

  void releaseEncoder() {
    if (current != null) {
      current.releaseEncoder();
    }
  }

  @Nullable ByteBuffer poll() {
    return output.poll();
  }

  @Override
  public void close() {
    if (current != null) {
      current.close();
    }
    current = null;
    output.clear();
  }
}
