// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.exchange;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import org.hgwire.conformance.exchange.FaultPlace.Field;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.encoding.ContentDecoder;
import org.hgwire.core.encoding.ContentEncoding;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameHeader;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.frame.StreamFlags;
import org.jspecify.annotations.Nullable;

/** One stream of a response (wireprotocolrpc, Streams): whether it is open, and its encoding. */
final class ServerStream {
  /** What a server sends; wireprotocolrpc, Frame Types. */
  static final Set<FrameType> SENT_BY_SERVERS =
      EnumSet.of(
          FrameType.COMMAND_RESPONSE,
          FrameType.ERROR_RESPONSE,
          FrameType.TEXT_OUTPUT,
          FrameType.PROGRESS,
          FrameType.STREAM_SETTINGS);

  private final int id;
  private final ByteArrayOutputStream settings = new ByteArrayOutputStream();
  private boolean open;
  private @Nullable String encoding;
  private @Nullable ContentDecoder decoder;

  ServerStream(int id) {
    this.id = id;
    if (id == 0 || id % 2 != 0) {
      throw new FrameFault(Field.STREAM_ID, "stream " + id + " is not one that a server opens");
    }
  }

  /**
   * Returns the payload of a frame of this stream, decoded if the frame says that it is encoded.
   */
  byte[] decode(Frame frame) {
    FrameHeader header = frame.header();
    boolean repeats = header.typeCode() == FrameType.STREAM_SETTINGS.code() && settings.size() > 0;
    if (header.hasStreamFlag(StreamFlags.BEGIN) && open && !repeats) {
      throw new FrameFault(Field.STREAM_FLAGS, "stream " + id + " begins twice");
    }
    if (!header.hasStreamFlag(StreamFlags.BEGIN) && !open) {
      throw new FrameFault(Field.STREAM_FLAGS, "stream " + id + " has not begun");
    }
    open = !header.hasStreamFlag(StreamFlags.END);
    if (!header.hasStreamFlag(StreamFlags.ENCODED)) {
      return ByteString.copyOf(frame.payload()).toByteArray();
    }
    if (decoder == null) {
      throw new FrameFault(
          Field.STREAM_FLAGS,
          "a frame of stream " + id + " is encoded, and its settings name no encoding");
    }
    ByteArrayOutputStream decoded = new ByteArrayOutputStream();
    decoder.feed(frame.payload());
    for (ByteBuffer next = decoder.poll(); next != null; next = decoder.poll()) {
      decoded.writeBytes(ByteString.copyOf(next).toByteArray());
    }
    return decoded.toByteArray();
  }

  /** Returns the encoding of a frame of this stream, or null if it is not encoded. */
  @Nullable String encodingOf(Frame frame) {
    return frame.header().hasStreamFlag(StreamFlags.ENCODED) ? encoding : null;
  }

  /** Reads a frame of stream settings. */
  void settings(byte[] payload, boolean last) {
    settings.writeBytes(payload);
    if (!last) {
      return;
    }
    CborValue name =
        CborDecoder.decodeOne(ByteBuffer.wrap(settings.toByteArray()), WireLimits.defaults());
    String text = name instanceof CborBytes bytes ? bytes.value().utf8() : "";
    ContentEncoding found = ContentEncodings.standard().find(text);
    if (found == null) {
      throw new FrameFault(
          Field.PAYLOAD,
          "the settings of stream " + id + " name the unknown encoding \"" + text + "\"");
    }
    settings.reset();
    encoding = text;
    decoder = found.newDecoder(WireLimits.defaults());
  }

  void close() {
    if (decoder != null) {
      decoder.close();
    }
  }
}
