// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.util.List;

/**
 * The file revisions of a pull whose text is not there.
 *
 * @param censored how many were censored
 * @param storedElsewhere how many are stored elsewhere
 * @param first the first {@value #MAX_NAMED} of them, in the order in which the sink got them; a
 *     {@link PullListener} gets all
 */
public record SubstituteReport(
    long censored, long storedElsewhere, List<SubstitutedRevision> first) {
  /** How many revisions are named. */
  public static final int MAX_NAMED = 1_000;

  /** There are none. */
  public static final SubstituteReport NONE = new SubstituteReport(0, 0, List.of());

  /** Copies the list. */
  public SubstituteReport {
    first = List.copyOf(first);
  }
}
