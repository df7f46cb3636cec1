// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.bundle;

import java.nio.ByteBuffer;
import org.hgwire.core.IncrementalDecoder;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * What the decoders of this package share: their input, and faults that name a position in it.
 *
 * @param <E> what is decoded
 */
abstract class EventDecoder<E extends BundleEvent> extends IncrementalDecoder<E> {
  final ByteInput input = new ByteInput();
  private final String what;

  /** Whether {@link #decode} has returned null since the last input. */
  private boolean usedUp = true;

  /** Makes a decoder; {@code what} names what it decodes, such as "the changegroup". */
  EventDecoder(String what) {
    this.what = what;
  }

  @Override
  protected final void accept(ByteBuffer next) {
    usedUp = false;
    input.feed(next);
  }

  @Override
  protected final boolean hasInput() {
    return !usedUp;
  }

  @Override
  protected final @Nullable E next() {
    E event = usedUp ? null : decode();
    usedUp = event == null;
    return event;
  }

  @Override
  protected final void finish() {
    if (!isComplete()) {
      throw WireProtocolException.request(
          WireErrorCode.TRUNCATED, what + " ends at byte " + input.end() + ", before its end");
    }
  }

  @Override
  protected final void discardInput() {
    input.drop();
  }

  /** Takes all input that is left: it counts as read. */
  final ByteBuffer takeInput() {
    usedUp = true;
    return input.piece(Integer.MAX_VALUE);
  }

  /** Returns the next event, or null when more input is needed or nothing may follow. */
  abstract @Nullable E decode();

  /** Returns whether the input may end here. */
  abstract boolean isComplete();

  /** Refuses bytes that follow what is complete. */
  final void requireNothingFollows() {
    if (input.hasRemaining()) {
      throw fault(WireErrorCode.MALFORMED, "continues after its end");
    }
  }

  /** Returns a fault at the current position. */
  final WireProtocolException fault(WireErrorCode code, String problem) {
    return WireProtocolException.request(
        code, what + " " + problem + ", before byte " + input.position());
  }
}
