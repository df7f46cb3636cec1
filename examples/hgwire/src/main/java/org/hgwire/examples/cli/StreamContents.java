// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborEvent;
import org.hgwire.core.encoding.ContentDecoder;
import org.hgwire.core.encoding.ContentEncoding;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.frame.FrameHeader;
import org.hgwire.core.frame.FrameNotation;
import org.hgwire.core.frame.FrameType;
import org.jspecify.annotations.Nullable;

/** The content of one stream: its content encoding, and the values that are not complete yet. */
final class StreamContents implements AutoCloseable {
  private final WireLimits limits;
  private final ByteArrayOutputStream settings = new ByteArrayOutputStream();

  /** By frame type and request, whose values may span frames. */
  private final Map<Integer, CborDecoder> values = new HashMap<>();

  private @Nullable ContentDecoder decoder;
  private @Nullable WireProtocolException fault;

  StreamContents(WireLimits limits) {
    this.limits = limits;
  }

  /** Returns whether settings have begun and not ended. */
  boolean receivesSettings() {
    return settings.size() > 0;
  }

  /** Reads a frame of stream settings; the last one says the content encoding. */
  void settings(FrameHeader header, ByteBuffer payload) {
    if (settings.size() + payload.remaining() > limits.of(WireLimit.MAX_STREAM_SETTINGS_BYTES)) {
      throw WireProtocolException.connection(
          WireErrorCode.LIMIT, "the stream settings are longer than allowed");
    }
    settings.writeBytes(ByteString.copyOf(payload.duplicate()).toByteArray());
    if (!header.hasFlag(FrameType.EOS)) {
      return;
    }
    CborDecoder names = new CborDecoder(limits);
    names.feed(ByteBuffer.wrap(settings.toByteArray()));
    settings.reset();
    if (names.poll() instanceof CborEvent.ValueRead first
        && first.value() instanceof CborBytes name) {
      ContentEncoding encoding = ContentEncodings.standard().find(name.value().utf8());
      if (encoding == null) {
        throw WireProtocolException.connection(
            WireErrorCode.ENCODING_UNKNOWN,
            "the content encoding " + name.value().excerpt() + " cannot be decoded");
      }
      close();
      decoder = encoding.newDecoder(limits);
    }
  }

  /** Prints the lines of an encoded payload. */
  void encoded(FrameHeader header, ByteBuffer payload, Consumer<String> lines) {
    if (fault != null) {
      throw fault;
    }
    ContentDecoder open = decoder;
    if (open == null) { // "the identity profile is assumed"
      plain(header, payload, lines);
      return;
    }
    CborDecoder target = values(header);
    open.feed(payload);
    for (ByteBuffer slice = open.poll(); slice != null; slice = open.poll()) {
      read(target, slice, lines);
    }
    ended(header);
  }

  /** Prints the lines of a payload that is not encoded. */
  void plain(FrameHeader header, ByteBuffer payload, Consumer<String> lines) {
    read(values(header), payload, lines);
    ended(header);
  }

  /** Remembers that the rest of the stream cannot be decoded. */
  void fail(WireProtocolException reason) {
    fault = reason;
    close();
  }

  private CborDecoder values(FrameHeader header) {
    return values.computeIfAbsent(key(header), each -> new CborDecoder(limits));
  }

  /** Only responses continue in the next frame. */
  private void ended(FrameHeader header) {
    if (header.typeCode() != FrameType.COMMAND_RESPONSE.code() || header.hasFlag(FrameType.EOS)) {
      values.remove(key(header));
    }
  }

  private static int key(FrameHeader header) {
    return header.typeCode() << Short.SIZE | header.requestId();
  }

  private static void read(CborDecoder target, ByteBuffer bytes, Consumer<String> lines) {
    target.feed(bytes);
    for (CborEvent event = target.poll(); event != null; event = target.poll()) {
      if (event instanceof CborEvent.ValueRead read) {
        lines.accept(FrameNotation.printPayload(CborEncoder.encode(read.value()).asByteBuffer()));
      } else if (event instanceof CborEvent.BytesRead piece) {
        lines.accept("bytes:" + FrameNotation.printPayload(piece.data()));
      }
    }
  }

  @Override
  public void close() {
    ContentDecoder open = decoder;
    decoder = null;
    if (open != null) {
      open.close();
    }
  }
}
