// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import java.io.Closeable;
import java.time.Duration;
import org.hgwire.client.PeerOptions;
import org.hgwire.core.WireLimit;
import org.jspecify.annotations.Nullable;

/**
 * What the meters of connections allow.
 *
 * @param maxOverhead see {@link WireLimit#MAX_HTTP_OVERHEAD}
 * @param patience how long a head or a frame may take from its first byte to its last
 */
record MeterRules(long maxOverhead, Duration patience) {
  static MeterRules of(PeerOptions options) {
    return new MeterRules(options.limits().of(WireLimit.MAX_HTTP_OVERHEAD), options.idleTimeout());
  }

  /** Returns a meter for a new connection; see {@link ConnectionMeter}. */
  ConnectionMeter meter(Closeable connection, @Nullable ConnectionMeter below) {
    return new ConnectionMeter(maxOverhead, patience, connection, below);
  }
}
