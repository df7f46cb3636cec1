// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cases;

import java.util.Locale;

/** How much a case asks for. */
public enum Level {
  /** The text demands it, or there is only one way to be understood. */
  MUST,
  /** The text recommends it. */
  SHOULD,
  /** The text is silent; a peer that is exposed to strangers has to withstand it. */
  ROBUSTNESS;

  /** Returns the name in results: {@code MUST}, {@code SHOULD} or {@code robustness}. */
  public String text() {
    return this == ROBUSTNESS ? name().toLowerCase(Locale.ROOT) : name();
  }
}
