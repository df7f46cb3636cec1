// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cases;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hgwire.conformance.scripted.ScriptedExchange;
import org.jspecify.annotations.Nullable;

/**
 * What a client did.
 *
 * @param exit how it ended, 0 if it says that it has everything, or null if it did not end in time
 * @param output the end of what it said
 * @param exchanges what it requested, and what it got
 * @param redirected the commands whose last response was a redirect, not inline
 * @param inlined the commands that were redirected, and then requested again and not redirected
 */
public record ClientRun(
    @Nullable Integer exit,
    String output,
    List<ScriptedExchange> exchanges,
    Set<String> redirected,
    Set<String> inlined) {
  private static final int FIRST_CRASH = 129;
  private static final int LAST_CRASH = 143;

  /** Copies the collections. */
  public ClientRun {
    exchanges = List.copyOf(exchanges);
    redirected = Collections.unmodifiableSet(new TreeSet<>(redirected));
    inlined = Collections.unmodifiableSet(new TreeSet<>(inlined));
  }

  /** Returns whether the client said that it has everything. */
  boolean isSuccess() {
    return exit != null && exit == 0;
  }

  /**
   * Returns whether its exit status is one that a signal leaves behind: it crashed or was killed.
   */
  boolean isCrash() {
    return exit != null && exit >= FIRST_CRASH && exit <= LAST_CRASH;
  }
}
