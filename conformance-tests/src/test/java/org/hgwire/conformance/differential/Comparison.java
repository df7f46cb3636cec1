// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.differential;

/** What two peers made of one input. Its text has the input and both outcomes. */
interface Comparison {
  /** Returns whether they made the same of it. */
  boolean isEqual();

  /** Returns how many inputs it counts as. */
  default int size() {
    return 1;
  }
}
