// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborEvent;
import org.hgwire.core.cbor.CborValue;
import org.jspecify.annotations.Nullable;

/** A response that is in memory: one object, or the failure of its command. */
final class KnownOutcome implements ObjectReader {
  private final WireLimits limits;
  private @Nullable CborValue value;
  private @Nullable PeerException failure;

  private KnownOutcome(
      @Nullable CborValue value, @Nullable PeerException failure, WireLimits limits) {
    this.value = value;
    this.failure = failure;
    this.limits = limits;
  }

  static KnownOutcome of(CborValue value, WireLimits limits) {
    return new KnownOutcome(value, null, limits);
  }

  static KnownOutcome failed(PeerException failure, WireLimits limits) {
    return new KnownOutcome(null, failure, limits);
  }

  @Override
  public synchronized @Nullable CborEvent next() throws PeerException {
    if (failure != null) {
      throw failure.again();
    }
    CborValue next = value;
    value = null;
    return next == null ? null : new CborEvent.ValueRead(next);
  }

  @Override
  public long maxInMemory() {
    return limits.of(WireLimit.MAX_CBOR_BYTES);
  }

  @Override
  public synchronized PeerException fail(PeerException reason) {
    failure = reason;
    return reason;
  }

  @Override
  public synchronized void close() {
    value = null;
  }
}
