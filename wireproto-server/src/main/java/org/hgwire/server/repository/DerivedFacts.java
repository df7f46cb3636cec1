// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What the library computed of one state of a repository, such as its heads, so that it is computed
 * once for all requests that see this state.
 *
 * <p>A host makes one for each state, when the state begins, and returns it from {@link
 * RepositorySnapshot#derived()} of every snapshot of that state; nothing else is asked of it. It is
 * dropped with the state. The library fills it while it runs commands, a few thousand changesets at
 * a time. Memory: less than a byte for each changeset, and some 100 bytes for each head.
 *
 * <p>Safe for use by several threads.
 */
public final class DerivedFacts {
  private final Map<Class<?>, Object> facts = new ConcurrentHashMap<>(4);

  /** Makes one of which nothing is computed yet. */
  public DerivedFacts() {}

  /**
   * Returns the facts of a kind, made by {@code maker} if there are none yet. Called by the
   * library.
   *
   * @param kind the class of the facts; there is one object of each
   * @param maker makes facts of which nothing is computed; they are safe for use by several threads
   */
  public <T> T of(Class<T> kind, Supplier<T> maker) {
    return kind.cast(facts.computeIfAbsent(kind, unused -> maker.get()));
  }
}
