// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite;

import java.util.Locale;

/** How a case ended. */
public enum Verdict {
  /** All that was expected was seen. */
  PASS(false),
  /** Something else was seen. */
  FAIL(true),
  /** It was not run: the peer lacks what it needs. */
  SKIP(false),
  /** It was not run: the configuration excludes it. */
  EXCLUDED(false),
  /** It failed, as the configuration says it would. */
  XFAIL(false),
  /** It passed although the configuration says that it fails. */
  XPASS(true);

  private final boolean unexpected;

  Verdict(boolean unexpected) {
    this.unexpected = unexpected;
  }

  /** Returns whether nobody expected it: a run with such a case has failed. */
  public boolean isUnexpected() {
    return unexpected;
  }

  /** Returns the name in results. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
