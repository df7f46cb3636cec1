// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.contentstore.s3;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.hgwire.core.ByteString;
import org.jspecify.annotations.Nullable;

/** What a store was found to have, and not to have, for a while. */
final class KnownObjects {
  /** So many answers are remembered; each takes about 150 bytes. */
  private static final int MAX_ENTRIES = 10_000;

  /** What is missing is believed for a shorter time: somebody else may put it. */
  private static final Duration MISSING = Duration.ofSeconds(5);

  private final Duration believed;
  private final LongSupplier nanoTime;
  private final Map<ByteString, Answer> answers = new LinkedHashMap<>();

  private record Answer(boolean there, long until) {}

  KnownObjects(Duration believed, LongSupplier nanoTime) {
    this.believed = believed;
    this.nanoTime = nanoTime;
  }

  /** Returns whether the object is there, or null if that is not known any more. */
  synchronized @Nullable Boolean get(ByteString sha256) {
    Answer answer = answers.get(sha256);
    if (answer == null || answer.until() - nanoTime.getAsLong() <= 0) {
      return null;
    }
    return answer.there();
  }

  /** Remembers an answer; the oldest one makes way. */
  synchronized void put(ByteString sha256, boolean there) {
    Duration time = there || believed.compareTo(MISSING) < 0 ? believed : MISSING;
    answers.remove(sha256);
    if (answers.size() >= MAX_ENTRIES) {
      answers.remove(answers.keySet().iterator().next());
    }
    answers.put(sha256, new Answer(there, nanoTime.getAsLong() + time.toNanos()));
  }
}
