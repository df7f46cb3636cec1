// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameAssembler;
import org.hgwire.core.frame.FrameDecoder;

/** Passes the frames of a byte stream to a listener. Bytes that are not frames end it silently. */
final class FrameTap {
  private final FrameDecoder decoder;
  private final FrameAssembler frames;
  private final Consumer<Frame> listener;
  private boolean broken;

  FrameTap(WireLimits limits, Consumer<Frame> listener) {
    this.decoder = new FrameDecoder(limits);
    this.frames = new FrameAssembler(decoder);
    this.listener = listener;
  }

  /** Passes on the frames that {@code bytes} complete; their position does not change. */
  void pass(ByteBuffer bytes) {
    if (broken || !bytes.hasRemaining()) {
      return;
    }
    try {
      decoder.feed(bytes.asReadOnlyBuffer());
      for (Frame frame = frames.poll(); frame != null; frame = frames.poll()) {
        listener.accept(frame);
      }
    } catch (WireProtocolException e) {
      // The reactor meets the same fault and reports it.
      broken = true;
    }
  }
}
