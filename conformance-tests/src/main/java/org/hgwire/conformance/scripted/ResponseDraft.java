// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.scripted;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.encoding.ContentEncoder;
import org.hgwire.core.encoding.ContentEncoding;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.frame.StreamFlags;
import org.hgwire.core.message.RedirectOffer;
import org.jspecify.annotations.Nullable;

/**
 * The response to one command on its way: first objects, then, when these are as they shall be,
 * frames, and at last its share of an HTTP response.
 */
final class ResponseDraft {
  private static final int PAYLOAD = 16_384;
  private static final CborBytes REDIRECT = CborBytes.utf8("redirect");

  private final int requestId;
  private final int streamId;
  private final String command;
  private final HttpDraft http;
  private final ScriptedContent content;
  private final @Nullable RedirectOffer offer;
  private final List<ByteString> objects = new ArrayList<>();
  private final List<ByteString> frames = new ArrayList<>();
  private String encoding = "";
  private int pieceSize = PAYLOAD;
  private boolean last;

  /**
   * Begins a response.
   *
   * @param requestId the request of a command; of the handshake, 0
   * @param streamId the stream of the frames
   * @param command the command, or {@link Alteration#HANDSHAKE}
   * @param http the HTTP response that it is a part of
   * @param objects the objects of a right response
   * @param content where it may be kept to be redirected to
   * @param offer the redirects that the client would follow, or null
   */
  ResponseDraft(
      int requestId,
      int streamId,
      String command,
      HttpDraft http,
      List<CborValue> objects,
      ScriptedContent content,
      @Nullable RedirectOffer offer) {
    this.requestId = requestId;
    this.streamId = streamId;
    this.command = command;
    this.http = http;
    this.content = content;
    this.offer = offer;
    objects.forEach(object -> this.objects.add(CborEncoder.encode(object)));
  }

  int requestId() {
    return requestId;
  }

  int streamId() {
    return streamId;
  }

  String command() {
    return command;
  }

  ScriptedContent content() {
    return content;
  }

  @Nullable RedirectOffer offer() {
    return offer;
  }

  /** Returns whether the first object is a status of redirect. */
  boolean isRedirect() {
    try {
      return !objects.isEmpty()
          && REDIRECT.equals(ObjectAlterations.find(objects.get(0), "status"));
    } catch (WireProtocolException malformed) {
      return false;
    }
  }

  HttpDraft http() {
    return http;
  }

  /**
   * Returns the objects, encoded; changes of the list change the response. One that is long may be
   * several elements, which are sent one behind the other as all are.
   */
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
      ObjectPieces pieces = new ObjectPieces(objects);
      do {
        ByteBuffer piece = pieces.next(pieceSize);
        addFrame(
            FrameType.COMMAND_RESPONSE,
            (frames.isEmpty() ? StreamFlags.BEGIN : 0)
                | (encoder == null ? 0 : StreamFlags.ENCODED),
            pieces.hasNext() ? FrameType.CONTINUATION : FrameType.EOS,
            encoder == null ? piece : encoded(encoder, piece));
      } while (pieces.hasNext());
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
