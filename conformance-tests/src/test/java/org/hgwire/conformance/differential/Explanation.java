// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.differential;

/**
 * A difference that is known, with its reason.
 *
 * @param <C> what shows the difference
 */
interface Explanation<C extends Comparison> {
  /** Returns the stable name, such as {@code frames/even-request-id}. */
  String id();

  /** Returns what differs and why, in one or two sentences. */
  String reason();

  /** Returns whether this, and nothing else, is how the outcomes differ. */
  boolean explains(C comparison);
}
