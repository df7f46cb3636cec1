// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import org.hgwire.core.ByteBudget;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.encoding.EncoderPool;

/**
 * The memory that the reactors of a server share, so that many exchanges together hold no more than
 * is allowed. Safe for use by several threads.
 *
 * @param requests what requests hold in the heap; see {@link WireLimit#MAX_HELD_REQUEST_BYTES}
 * @param encoders the encoders of responses, within {@link WireLimit#MAX_ENCODER_BYTES}
 * @param decoders for {@link WireLimit#MAX_DECODER_BYTES}
 */
public record ServerMemory(ByteBudget requests, EncoderPool encoders, ByteBudget decoders) {
  /** Returns new memory, none of it taken, of the sizes in {@code limits}. */
  public static ServerMemory of(WireLimits limits) {
    return new ServerMemory(
        new ByteBudget(limits.of(WireLimit.MAX_HELD_REQUEST_BYTES)),
        EncoderPool.within(new ByteBudget(limits.of(WireLimit.MAX_ENCODER_BYTES))),
        new ByteBudget(limits.of(WireLimit.MAX_DECODER_BYTES)));
  }

  /** Returns memory without bounds, for an exchange that is alone. */
  public static ServerMemory unlimited() {
    return new ServerMemory(
        ByteBudget.unlimited(), EncoderPool.unlimited(), ByteBudget.unlimited());
  }
}
