// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.contentstore.s3;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.hgwire.core.ByteString;
import org.jspecify.annotations.Nullable;

/** Remembers for a while which objects a store has and does not have. */
final class KnownObjects {
  /** How many objects are remembered; each takes about 150 bytes. */
  private static final int MAX_ENTRIES = 10_000;

  /** A missing object is remembered for a shorter time: another server may put it. */
  private static final Duration MISSING = Duration.ofSeconds(5);

  private final Duration lifetime;
  private final LongSupplier nanoTime;
  private final Map<ByteString, Lookup> lookups = new LinkedHashMap<>();

  private record Lookup(boolean there, long until) {}

  KnownObjects(Duration lifetime, LongSupplier nanoTime) {
    this.lifetime = lifetime;
    this.nanoTime = nanoTime;
  }

  /** Returns whether the object exists, or null if that is not known. */
  synchronized @Nullable Boolean get(ByteString sha256) {
    Lookup lookup = lookups.get(sha256);
    if (lookup == null || lookup.until() - nanoTime.getAsLong() <= 0) {
      return null;
    }
    return lookup.there();
  }

  /** Remembers whether an object exists; forgets the oldest one if there are too many. */
  synchronized void put(ByteString sha256, boolean there) {
    Duration time = there || lifetime.compareTo(MISSING) < 0 ? lifetime : MISSING;
    lookups.remove(sha256);
    if (lookups.size() >= MAX_ENTRIES) {
      lookups.remove(lookups.keySet().iterator().next());
    }
    lookups.put(sha256, new Lookup(there, nanoTime.getAsLong() + time.toNanos()));
  }
}
