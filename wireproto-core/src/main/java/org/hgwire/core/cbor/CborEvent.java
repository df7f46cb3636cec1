// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import java.nio.ByteBuffer;

/** What {@link CborDecoder} finds at the top level of a sequence of values. */
public sealed interface CborEvent {

  /**
   * A whole value: anything but an indefinite byte string or a definite one longer than {@link
   * org.hgwire.core.WireLimit#WHOLE_BYTE_STRING}.
   *
   * @param value the value
   */
  record ValueRead(CborValue value) implements CborEvent {}

  /**
   * A byte string that is delivered in pieces begins.
   *
   * @param length its length in bytes, or {@link #INDEFINITE}
   */
  record BytesStarted(long length) implements CborEvent {
    /** The length of a byte string of indefinite length. */
    public static final long INDEFINITE = -1;
  }

  /**
   * A piece of a byte string. Pieces end where the input ended, so their number depends on how the
   * input was cut; where chunks end does not.
   *
   * @param data the bytes: a read-only slice of the input, valid until the decoder is called again
   * @param endOfChunk whether the piece completes a chunk of an indefinite byte string, or a
   *     definite byte string
   */
  record BytesRead(ByteBuffer data, boolean endOfChunk) implements CborEvent {}

  /** A byte string that was delivered in pieces ends. */
  record BytesEnded() implements CborEvent {}
}
