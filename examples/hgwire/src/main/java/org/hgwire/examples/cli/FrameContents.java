// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameHeader;
import org.hgwire.core.frame.FrameNotation;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.frame.StreamFlags;

/**
 * What the frames of one direction hold that their text notation does not show: the values in
 * encoded payloads, decoded with the content encoding of the stream, and in payloads with several
 * values. A frame that cannot be decoded is shown as such; it is for the receiver to refuse it.
 */
final class FrameContents implements AutoCloseable {
  private final WireLimits limits;
  private final Map<Integer, StreamContents> streams = new HashMap<>();

  FrameContents(WireLimits limits) {
    this.limits = limits;
  }

  /**
   * Gives {@code lines} a line for each value that ends in the frame, and for each piece of a
   * streamed byte string. Frames must come in the order of the wire.
   */
  void print(Frame frame, Consumer<String> lines) {
    FrameHeader header = frame.header();
    FrameType type = FrameType.ofCode(header.typeCode());
    boolean settings = type == FrameType.STREAM_SETTINGS;
    StreamContents stream = stream(header, settings);
    try {
      if (settings) {
        stream.settings(header, frame.payload());
      } else if (header.hasStreamFlag(StreamFlags.ENCODED)) {
        stream.encoded(header, frame.payload(), lines);
      } else if (type == FrameType.COMMAND_RESPONSE && isSequence(frame.payload())) {
        stream.plain(header, frame.payload(), lines);
      }
    } catch (WireProtocolException fault) {
      stream.fail(fault);
      lines.accept("error: " + fault.code().text() + ": " + fault.getMessage());
    }
    if (header.hasStreamFlag(StreamFlags.END)) {
      stream.close();
      streams.remove(header.streamId());
    }
  }

  private StreamContents stream(FrameHeader header, boolean settings) {
    StreamContents open = streams.get(header.streamId());
    boolean begins =
        header.hasStreamFlag(StreamFlags.BEGIN)
            && !(settings && open != null && open.receivesSettings());
    if (open != null && !begins) {
      return open;
    }
    if (open != null) {
      open.close();
    }
    StreamContents stream = new StreamContents(limits);
    streams.put(header.streamId(), stream);
    return stream;
  }

  /** Returns whether the text notation shows the payload as bytes, not as a value. */
  private static boolean isSequence(ByteBuffer payload) {
    return payload.hasRemaining() && !FrameNotation.printPayload(payload).startsWith("cbor:");
  }

  @Override
  public void close() {
    streams.values().forEach(StreamContents::close);
    streams.clear();
  }
}
