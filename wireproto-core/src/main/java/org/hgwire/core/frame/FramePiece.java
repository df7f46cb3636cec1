// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.frame;

import java.nio.ByteBuffer;

/**
 * A frame, or the part of one whose payload arrives in several pieces. Equality is by content.
 *
 * @param header the header of the frame
 * @param offset how many bytes of the payload came before, in earlier pieces
 * @param payload the next bytes of the payload, read-only; there is at least one, unless the frame
 *     has no payload. They belong to the input of the decoder and are valid until it is called
 *     again
 */
public record FramePiece(FrameHeader header, int offset, ByteBuffer payload) {
  /** Returns whether this is the first piece of its frame. */
  public boolean isFirst() {
    return offset == 0;
  }

  /** Returns whether this is the last piece of its frame: no more of the payload follows. */
  public boolean isLast() {
    return offset + payload.remaining() == header.payloadLength();
  }
}
