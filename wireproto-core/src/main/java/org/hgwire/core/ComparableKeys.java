// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Copies of sets and maps whose keys a peer chose. A peer can choose keys whose hash codes are
 * equal. {@code Set.copyOf} and {@code Map.copyOf} then compare each key with all others; a {@link
 * java.util.HashMap} does not, if the keys are comparable.
 */
public final class ComparableKeys {
  private ComparableKeys() {}

  /** Returns an immutable set of {@code keys}, in their order. */
  public static <K extends Comparable<? super K>> Set<K> setOf(Collection<? extends K> keys) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(keys));
  }

  /** Returns an immutable copy of a map, in its order. */
  public static <K extends Comparable<? super K>, V> Map<K, V> mapOf(
      Map<? extends K, ? extends V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
