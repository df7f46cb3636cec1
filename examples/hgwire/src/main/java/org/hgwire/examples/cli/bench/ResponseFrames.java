// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.frame.FrameDecoder;
import org.hgwire.core.frame.FramePiece;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.message.ErrorResponse;

/** What arrives of a response of version 2: errors, and when its first object does. */
final class ResponseFrames {
  /** The status, which comes before the first object, encoded. */
  private static final int STATUS = 48;

  /** How much is shown of the message of an error, in bytes. */
  private static final int MAX_MESSAGE = 200;

  private final FrameDecoder decoder = new FrameDecoder(WireLimits.defaults());
  private long payload;

  /** What came of the error. */
  private final ByteArrayOutputStream error = new ByteArrayOutputStream();

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
        error.writeBytes(ByteString.copyOf(frame.payload()).toByteArray());
        if (frame.isLast()) {
          throw new IOException("the server failed: " + message());
        }
      }
      if (type == FrameType.COMMAND_RESPONSE.code()) {
        payload += frame.payload().remaining();
      }
    }
  }

  private String message() {
    return ErrorResponse.read(
            CborDecoder.decodeOne(ByteBuffer.wrap(error.toByteArray()), WireLimits.defaults()))
        .message()
        .render(MAX_MESSAGE);
  }

  /** Returns whether the first object has come. */
  boolean hasObject() {
    return payload > STATUS;
  }
}
