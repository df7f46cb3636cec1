// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.encoding;

import java.nio.ByteBuffer;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * What decoders with an output buffer share: one slice of output at a time, the end of the encoded
 * data, faults, and the order of calls.
 */
abstract class SliceDecoder implements ContentDecoder {
  /** A buffer size of ours: larger slices make nothing faster. */
  private static final int MAX_SLICE = 64 * 1024;

  private final String encoding;
  private final int sliceLength;
  private final ExpansionBudget expansion;
  private ByteBuffer input = ByteBuffer.allocate(0);
  private @Nullable ByteBuffer output;

  /** Whether the last slice was full, so that the context may hold more output. */
  private boolean outputPending;

  private boolean ended;
  private boolean closed;
  private @Nullable WireProtocolException failure;

  SliceDecoder(String encoding, WireLimits limits) {
    this.encoding = encoding;
    expansion = new ExpansionBudget(limits);
    sliceLength = Math.min(MAX_SLICE, limits.intOf(WireLimit.MAX_DECODED_SLICE));
  }

  @Override
  public final void feed(ByteBuffer encoded) {
    requireUsable();
    if (input.hasRemaining() || outputPending) {
      throw new IllegalStateException("input is left: call poll() until it returns null");
    }
    input = encoded.asReadOnlyBuffer();
    expansion.received(input.remaining());
  }

  @Override
  public final @Nullable ByteBuffer poll() {
    requireUsable();
    while (!ended && (input.hasRemaining() || outputPending)) {
      ByteBuffer slice = output == null ? ByteBuffer.allocate(sliceLength) : output.clear();
      output = slice;
      ended = decode(input, slice);
      outputPending = !ended && !slice.hasRemaining();
      if (slice.position() > 0) {
        String excess = expansion.decompressed(slice.position());
        if (excess != null) {
          throw fail(WireErrorCode.LIMIT, excess);
        }
        return slice.flip().asReadOnlyBuffer();
      }
    }
    if (input.hasRemaining()) {
      throw corrupt("continues for " + input.remaining() + " bytes after its end");
    }
    output = null;
    return null;
  }

  @Override
  public final boolean hasEnded() {
    return ended;
  }

  /**
   * Decodes as much of {@code from} as {@code to} has room for. Both positions move; at least one
   * of them does if there is input.
   *
   * @return whether the encoded data ended and all of it is in {@code to}
   */
  abstract boolean decode(ByteBuffer from, ByteBuffer to);

  /** Frees the context; called once. */
  abstract void free();

  /** Returns the exception that this and every later call throws. */
  final WireProtocolException corrupt(String what) {
    return fail(WireErrorCode.ENCODING_CORRUPT, what);
  }

  final WireProtocolException fail(WireErrorCode code, String what) {
    WireProtocolException fault =
        WireProtocolException.stream(code, "the " + encoding + " data of a stream " + what);
    failure = fault;
    input = ByteBuffer.allocate(0);
    output = null;
    return fault;
  }

  private void requireUsable() {
    if (closed) {
      throw new IllegalStateException("the content decoder is closed");
    }
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public final void close() {
    if (!closed) {
      closed = true;
      output = null;
      free();
    }
  }
}
