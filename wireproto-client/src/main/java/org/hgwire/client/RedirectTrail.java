// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.hgwire.core.ComparableKeys;
import org.jspecify.annotations.Nullable;

/**
 * What was tried for one response, and which targets are therefore not offered again. Each failure
 * leaves fewer to offer, so retries end. For one thread at a time.
 */
final class RedirectTrail {
  private final List<RedirectEvent.Failed> attempts = new ArrayList<>();
  private final Set<ByteString> excluded = new HashSet<>();
  private boolean inlineOnly;

  /** Notes a failure. */
  void add(RedirectEvent.Failed attempt) {
    attempts.add(attempt);
  }

  /** Excludes a target. */
  void exclude(ByteString target) {
    excluded.add(target);
  }

  /** Excludes all targets. */
  void excludeAll() {
    inlineOnly = true;
  }

  /** Returns whether no target is offered any more. */
  boolean isInlineOnly() {
    return inlineOnly;
  }

  /** Returns the names of the targets that failed. */
  Set<ByteString> excluded() {
    return ComparableKeys.setOf(excluded);
  }

  boolean isEmpty() {
    return attempts.isEmpty();
  }

  /** Returns the error for a response that was unavailable in every way. */
  RedirectFailedException failure(String command, @Nullable PeerException inline) {
    StringBuilder message =
        new StringBuilder("The response to ").append(command).append(" is unavailable: ");
    for (RedirectEvent.Failed attempt : attempts) {
      message.append(attempt.url()).append(" (").append(attempt.fault()).append("): ");
      message.append(attempt.message()).append(' ');
    }
    if (inline != null) {
      message.append("Without a redirect: ").append(inline.getMessage());
    }
    return new RedirectFailedException(attempts, message.toString().trim(), inline);
  }
}
