// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.scripted;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.encoding.ContentEncoder;
import org.hgwire.core.encoding.ContentEncoding;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.frame.StreamFlags;

/**
 * The response to one command on its way: first objects, then, when these are as they shall be,
 * frames, and at last its share of an HTTP response.
 */
final class ResponseDraft {
  private static final int PAYLOAD = 16_384;

  private final int requestId;
  private final int streamId;
  private final HttpDraft http;
  private final List<ByteString> objects = new ArrayList<>();
  private final List<ByteString> frames = new ArrayList<>();
  private String encoding = "";
  private int pieceSize = PAYLOAD;
  private boolean last;
  private boolean redirected;

  /**
   * Begins a response.
   *
   * @param requestId the request of a command; of the handshake, 0
   * @param streamId the stream of the frames
   * @param http the HTTP response that it is a part of
   * @param objects the objects of a right response
   */
  ResponseDraft(int requestId, int streamId, HttpDraft http, List<CborValue> objects) {
    this.requestId = requestId;
    this.streamId = streamId;
    this.http = http;
    objects.forEach(object -> this.objects.add(CborEncoder.encode(object)));
  }

  int requestId() {
    return requestId;
  }

  int streamId() {
    return streamId;
  }

  HttpDraft http() {
    return http;
  }

  /** Returns the objects, encoded; changes of the list change the response. */
  List<ByteString> objects() {
    return objects;
  }

  /** Returns the frames, encoded; changes of the list change the response. */
  List<ByteString> frames() {
    return frames;
  }

  /** Has the frames encoded. */
  void encode(String name) {
    encoding = name;
  }

  /** Returns the content encoding, or an empty string. */
  String encoding() {
    return encoding;
  }

  /** Sets how many bytes of objects are in each frame at most. */
  void setPieceSize(int bytes) {
    pieceSize = bytes;
  }

  /** Sends the response behind those to other commands. */
  void sendLast() {
    last = true;
  }

  boolean isLast() {
    return last;
  }

  /** Sends a redirect to the objects. */
  void redirect() {
    redirected = true;
  }

  boolean isRedirected() {
    return redirected;
  }

  /** Returns the encoded objects, one behind the other. */
  ByteString bytes() {
    return join(objects);
  }

  static ByteString join(List<ByteString> parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    parts.forEach(part -> all.writeBytes(part.toByteArray()));
    return ByteString.copyOf(all.toByteArray());
  }

  /** Makes frames of the objects. */
  void makeFrames() {
    ContentEncoding content =
        encoding.isEmpty() ? null : ContentEncodings.standard().find(encoding);
    if (!encoding.isEmpty() && content == null) {
      throw new IllegalArgumentException("there is no content encoding " + encoding);
    }
    try (ContentEncoder encoder = content == null ? null : content.newEncoder()) {
      if (encoder != null) {
        addFrame(
            FrameType.STREAM_SETTINGS,
            StreamFlags.BEGIN,
            FrameType.EOS,
            CborEncoder.encode(new CborBytes(ByteString.utf8(encoding))).asByteBuffer());
      }
      ByteString all = bytes();
      int at = 0;
      do {
        int end = Math.min(at + pieceSize, all.length());
        ByteBuffer piece = all.substring(at, end).asByteBuffer();
        addFrame(
            FrameType.COMMAND_RESPONSE,
            (frames.isEmpty() ? StreamFlags.BEGIN : 0)
                | (encoder == null ? 0 : StreamFlags.ENCODED),
            end == all.length() ? FrameType.EOS : FrameType.CONTINUATION,
            encoder == null ? piece : encoded(encoder, piece));
        at = end;
      } while (at < all.length());
    }
  }

  private void addFrame(FrameType type, int streamFlags, int flags, ByteBuffer payload) {
    Frame frame = Frame.of(requestId, streamId, streamFlags, type, flags, payload);
    frames.add(ByteString.copyOf(frame.encode()));
  }

  private static ByteBuffer encoded(ContentEncoder encoder, ByteBuffer input) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer output = ByteBuffer.allocate(PAYLOAD);
    boolean flushed = false;
    while (!flushed) {
      if (input.hasRemaining()) {
        encoder.encode(input, output);
      } else {
        flushed = encoder.flush(output);
      }
      all.write(output.array(), 0, output.position());
      output.clear();
    }
    return ByteBuffer.wrap(all.toByteArray());
  }
}
