// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.bundle;

import java.nio.ByteBuffer;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * What the decoders of this package share: the order of calls, and faults that stay.
 *
 * @param <E> what is decoded
 */
abstract class EventDecoder<E extends BundleEvent> {
  final ByteInput input = new ByteInput();
  private final String what;

  /** Whether {@link #poll} has returned null since the last input. */
  private boolean usedUp = true;

  private boolean ended;
  private @Nullable WireProtocolException failure;

  /** Makes a decoder; {@code what} names what it decodes, as in "the changegroup". */
  EventDecoder(String what) {
    this.what = what;
  }

  /**
   * Gives the decoder its next input: the remaining bytes of {@code next}, whose position does not
   * change. The bytes are read by {@link #poll} and must not change until that has returned null.
   *
   * @throws IllegalStateException if input is left, or the decoder has failed or was ended
   */
  public final void feed(ByteBuffer next) {
    if (failure != null) {
      throw new IllegalStateException("the decoder has failed before", failure);
    }
    if (ended) {
      throw new IllegalStateException("the decoder was told that no input follows");
    }
    requireUsedUp();
    usedUp = false;
    input.feed(next);
  }

  /**
   * Returns the next event, or null when the input is used up. Buffers in the event are valid until
   * the decoder is called again.
   *
   * @throws WireProtocolException at the first byte that is not sound or exceeds a limit; all
   *     events before it were returned, and every later call throws the same
   */
  public final @Nullable E poll() {
    if (failure != null) {
      throw failure;
    }
    try {
      E event = usedUp ? null : next();
      usedUp = event == null;
      return event;
    } catch (WireProtocolException fault) {
      failure = fault;
      input.drop();
      throw fault;
    }
  }

  /**
   * Says that no input follows.
   *
   * @throws WireProtocolException with code TRUNCATED if something is incomplete, or the failure if
   *     the decoder has failed before
   * @throws IllegalStateException if input is left
   */
  public final void endOfInput() {
    if (failure != null) {
      throw failure;
    }
    requireUsedUp();
    ended = true;
    if (!isComplete()) {
      failure =
          WireProtocolException.request(
              WireErrorCode.TRUNCATED, what + " ends at byte " + input.end() + ", before its end");
      throw failure;
    }
  }

  /** Takes all input that is left: it counts as read. */
  final ByteBuffer takeInput() {
    usedUp = true;
    return input.piece(Integer.MAX_VALUE);
  }

  /** Returns the next event, or null when more input is needed or nothing may follow. */
  abstract @Nullable E next();

  /** Returns whether the input may end here. */
  abstract boolean isComplete();

  /** Refuses bytes that follow what is complete. */
  final void requireNothingFollows() {
    if (input.hasRemaining()) {
      throw fault(WireErrorCode.MALFORMED, "goes on after its end");
    }
  }

  /** Returns a fault at the current position. */
  final WireProtocolException fault(WireErrorCode code, String problem) {
    return WireProtocolException.request(
        code, what + " " + problem + ", before byte " + input.position());
  }

  private void requireUsedUp() {
    if (!usedUp) {
      throw new IllegalStateException("input is left: call poll() until it returns null");
    }
  }
}
