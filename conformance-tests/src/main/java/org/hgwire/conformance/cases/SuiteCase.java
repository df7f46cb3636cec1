// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cases;

import org.jspecify.annotations.Nullable;

/** One rule, however it is tested. */
public sealed interface SuiteCase permits ConformanceCase, ClientCase {
  /** Returns its name for ever, such as {@code frame/request-id-even}. */
  String id();

  /** Returns what a peer does that keeps the rule. */
  String title();

  /** Returns how much it asks for. */
  Level level();

  /** Returns the sentence that it tests, or null if the text has none. */
  @Nullable Citation citation();

  /** Returns why a peer probably breaks it. */
  String cause();
}
