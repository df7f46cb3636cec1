// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.util.EnumMap;
import java.util.Map;
import org.hgwire.client.sink.PulledRevision;
import org.hgwire.client.sink.RevisionKind;

/** Counts what a sink received. For the thread of the pull. */
final class PullCounts {
  private final Map<RevisionKind, Long> revisions = new EnumMap<>(RevisionKind.class);
  private long bytes;

  void count(PulledRevision revision) {
    revisions.merge(revision.key().kind(), 1L, Long::sum);
    bytes += revision.text().length();
  }

  private long of(RevisionKind kind) {
    return revisions.getOrDefault(kind, 0L);
  }

  PullSummary summary() {
    return new PullSummary(
        of(RevisionKind.CHANGESET), of(RevisionKind.MANIFEST), of(RevisionKind.FILE), bytes);
  }
}
