// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A decoder whose input is fed in pieces of any size and whose output is polled.
 *
 * <pre>{@code
 * while (…) {
 *   decoder.feed(input);
 *   for (T next = decoder.poll(); next != null; next = decoder.poll()) { … }
 * }
 * decoder.endOfInput();
 * }</pre>
 *
 * <p>How the input is cut into pieces does not change what is decoded. All that precedes a fault is
 * delivered before the fault is thrown; from then on {@link #poll} and {@link #endOfInput} throw
 * the same exception, and {@link #feed} refuses input.
 *
 * <p>Not safe for use by several threads.
 *
 * @param <T> what is decoded
 */
public abstract class IncrementalDecoder<T> {
  private boolean ended;
  private @Nullable WireProtocolException failure;

  /** For the decoders of this library. */
  protected IncrementalDecoder() {}

  /**
   * Gives the decoder its next input: the remaining bytes of {@code input}, whose position does not
   * change. The bytes are read by {@link #poll} and must not change until that has returned null.
   *
   * @throws IllegalStateException if input is left, or the decoder has failed or was ended
   */
  public final void feed(ByteBuffer input) {
    if (failure != null) {
      throw new IllegalStateException("the decoder has failed", failure);
    }
    if (ended) {
      throw new IllegalStateException("the input was ended");
    }
    requireInputRead();
    accept(input);
  }

  /**
   * Returns what is decoded next, or null when the input is used up. Buffers in it are valid until
   * the decoder is called again.
   *
   * @throws WireProtocolException at the first byte that is malformed or exceeds a limit; every
   *     later call throws the same
   */
  public final @Nullable T poll() {
    if (failure != null) {
      throw failure;
    }
    try {
      return next();
    } catch (WireProtocolException fault) {
      throw fail(fault);
    }
  }

  /**
   * Says that no input follows. Once that has succeeded it may be repeated.
   *
   * @throws WireProtocolException with code TRUNCATED if something is incomplete, or the exception
   *     that the decoder has thrown before
   * @throws IllegalStateException if input is left
   */
  public final void endOfInput() {
    if (failure != null) {
      throw failure;
    }
    requireInputRead();
    try {
      finish();
    } catch (WireProtocolException fault) {
      throw fail(fault);
    }
    ended = true;
  }

  /** Stores the next input; called only when {@link #hasInput} is false. */
  protected abstract void accept(ByteBuffer input);

  /** Returns what is decoded next, or null when more input is needed. */
  protected abstract @Nullable T next();

  /** Returns whether {@link #next} has to be called again before there may be more input. */
  protected abstract boolean hasInput();

  /**
   * Checks that the input may end here.
   *
   * @throws WireProtocolException with code TRUNCATED if it may not
   */
  protected abstract void finish();

  /** Frees what is held of the input; called when the decoder fails. */
  protected void discardInput() {}

  private void requireInputRead() {
    if (hasInput()) {
      throw new IllegalStateException("input is left: call poll() until it returns null");
    }
  }

  private WireProtocolException fail(WireProtocolException fault) {
    failure = fault;
    discardInput();
    return fault;
  }
}
