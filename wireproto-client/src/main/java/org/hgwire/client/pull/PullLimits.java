// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.util.function.LongSupplier;
import org.hgwire.core.WireLimits;

/**
 * What one pull, or one bundle, may make this client do. For one thread.
 *
 * @param texts for the texts that deltas make
 * @param comparisons for the manifests that are compared
 */
record PullLimits(ExpansionLimit texts, ExpansionLimit comparisons) {
  /**
   * Returns new limits.
   *
   * @param received how many bytes were received so far, as they came over the network
   */
  static PullLimits of(WireLimits limits, LongSupplier received) {
    return new PullLimits(
        new ExpansionLimit("the texts that the deltas make", limits, received),
        new ExpansionLimit("the manifests that have to be compared", limits, received));
  }
}
