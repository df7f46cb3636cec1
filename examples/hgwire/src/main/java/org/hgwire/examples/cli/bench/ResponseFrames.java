// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hgwire.core.ByteString;
import org.hgwire.core.PeerText;
import org.hgwire.core.WireLimits;
import org.hgwire.core.frame.FrameDecoder;
import org.hgwire.core.frame.FramePiece;
import org.hgwire.core.frame.FrameType;

/** What arrives of a response of version 2: errors, and when its first object does. */
final class ResponseFrames {
  /** The status, which comes before the first object, encoded. */
  private static final int STATUS = 48;

  private final FrameDecoder decoder = new FrameDecoder(WireLimits.defaults());
  private long payload;

  /**
   * Adds the next bytes.
   *
   * @throws IOException if the server failed
   */
  void add(ByteBuffer bytes) throws IOException {
    decoder.feed(bytes);
    for (FramePiece frame = decoder.poll(); frame != null; frame = decoder.poll()) {
      int type = frame.header().typeCode();
      if (type == FrameType.ERROR_RESPONSE.code()) {
        String error = ByteString.copyOf(frame.payload()).utf8();
        throw new IOException("the server failed: " + PeerText.line(error));
      }
      if (type == FrameType.COMMAND_RESPONSE.code()) {
        payload += frame.payload().remaining();
      }
    }
  }

  /** Returns whether the first object has come. */
  boolean hasObject() {
    return payload > STATUS;
  }
}
