// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.encoding.ContentEncoding;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.encoding.EncoderPool;
import org.hgwire.core.encoding.IdentityEncoding;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.message.SenderSettings;
import org.jspecify.annotations.Nullable;

/**
 * The streams on which a server sends its responses: one for all, and one more for each response
 * that is encoded already; with even ids, and with the content encoding that the server prefers
 * among those of the client.
 *
 * <p>A response that fails in the middle retires the stream that carried part of it, with the
 * encoder that still has bytes of it; the next frame begins another stream. After 254, ids are
 * reused.
 */
final class ResponseStreams implements AutoCloseable {
  private static final int FIRST_ID = 2;
  private static final int LAST_ID = 254;

  /** How many responses may have a stream of their own: half of what our client takes. */
  private static final int MAX_OWN = 8;

  /** Shorter responses are not encoded, in bytes: an encoder costs more than it saves. */
  private static final int MAX_UNENCODED = 4 * 1024;

  private final WireLimits limits;
  private final ContentEncodings encodings;
  private final EncoderPool encoders;
  private final Queue<ByteBuffer> output = new ArrayDeque<>();
  private final Map<Integer, OutgoingStream> own = new HashMap<>();
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
      stream = begin(chosen(client));
      current = stream;
    }
    return stream;
  }

  private OutgoingStream begin(@Nullable ContentEncoding encoding) {
    return new OutgoingStream(
        newId(),
        new LazyEncoder(encoding, MAX_UNENCODED, encoders),
        limits.intOf(WireLimit.EMITTED_FRAME_PAYLOAD),
        output);
  }

  private int newId() {
    int id = nextId;
    while (isOpen(id)) {
      id = following(id);
    }
    nextId = following(id);
    return id;
  }

  private boolean isOpen(int id) {
    return (current != null && current.id() == id)
        || own.values().stream().anyMatch(stream -> stream.id() == id);
  }

  private static int following(int id) {
    return id == LAST_ID ? FIRST_ID : id + 2;
  }

  /** Returns the stream for data of a response that is not encoded yet. */
  OutgoingStream forData(SenderSettings client, int requestId) {
    OutgoingStream ended = own.remove(requestId);
    if (ended != null) {
      ended.finish(requestId, FrameType.CONTINUATION);
    }
    OutgoingStream stream = current(client);
    if (!stream.isRetired()) {
      return stream;
    }
    stream.finish(requestId, FrameType.CONTINUATION);
    current = null;
    return current(client);
  }

  /** Returns the stream for data of a response that is encoded with the chosen encoding. */
  OutgoingStream forEncoded(SenderSettings client, int requestId) {
    OutgoingStream stream = own.get(requestId);
    if (stream == null) {
      if (own.size() >= MAX_OWN) {
        throw new IllegalStateException(
            "at most " + MAX_OWN + " responses can be sent encoded at the same time");
      }
      if (current != null) {
        current.leave(requestId);
      }
      stream = begin(chosen(client));
      own.put(requestId, stream);
    }
    return stream;
  }

  /** Ends a response. */
  void end(SenderSettings client, int requestId) {
    OutgoingStream stream = own.remove(requestId);
    if (stream == null) {
      current(client).end(requestId, FrameSeries.RESPONSE);
    } else {
      stream.finish(requestId, FrameType.EOS);
    }
  }

  /**
   * Returns the encoding of the streams for this client, or null if it is identity: "Peers are
   * allowed to encode stream data using any of the listed encodings."
   */
  @Nullable ContentEncoding chosen(SenderSettings client) {
    for (ContentEncoding encoding : encodings.preferred()) {
      if (client.contentEncodings().contains(encoding.name())) {
        return encoding.name().equals(IdentityEncoding.NAME) ? null : encoding;
      }
    }
    // identity: "This profile MUST be supported by all peers."
    return null;
  }

  /** Sends an error frame, and retires the stream if it carried part of the response. */
  void fail(SenderSettings client, int requestId, ByteString error) {
    OutgoingStream ended = own.remove(requestId);
    OutgoingStream stream = ended == null ? current(client) : ended;
    if (ended != null || stream.carries(requestId)) {
      stream.retire(requestId, FrameType.ERROR_RESPONSE, error);
      current = ended == null ? null : current;
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
    own.clear();
    output.clear();
  }
}
