// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.clonebundles;

/**
 * When clone bundles are made again: when they cover too small a part of the changesets, or when
 * too many came since.
 *
 * @param minCoverage the part of the changesets that they cover at least, from 0 to 1
 * @param maxMissing how many changesets they may lack
 */
public record RenewalRule(double minCoverage, long maxMissing) {
  /** At least 95 % of the changesets, and fewer than 1,000 that came since. */
  public static final RenewalRule DEFAULT = new RenewalRule(0.95, 999);

  /** Checks the bounds. */
  public RenewalRule {
    if (!(minCoverage >= 0 && minCoverage <= 1) || maxMissing < 0) {
      throw new IllegalArgumentException(
          "bundles cover a part from 0 to 1 of the changesets, and lack none or more");
    }
  }

  /** Returns whether bundles with {@code covered} of {@code changesets} changesets are kept. */
  boolean keeps(long covered, long changesets) {
    return covered >= minCoverage * changesets && changesets - covered <= maxMissing;
  }
}
