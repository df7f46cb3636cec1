// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.hgwire.client.sink.CensoredRevision;
import org.hgwire.client.sink.PulledRevision;
import org.hgwire.client.sink.RepositoryPart;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.RevisionKind;
import org.hgwire.client.sink.StoredElsewhere;
import org.hgwire.client.sink.TextSubstitute;

/** Counts what a sink received. For the thread of the pull. */
final class PullCounts {
  private final Map<RevisionKind, Long> revisions = new EnumMap<>(RevisionKind.class);
  private final List<SubstitutedRevision> substituted = new ArrayList<>();
  private long censored;
  private long storedElsewhere;
  private long bytes;
  private long changesetsWithoutParents;
  private long filesWithoutParents;

  void count(PulledRevision revision) {
    revisions.merge(revision.key().kind(), 1L, Long::sum);
    TextSubstitute substitute = revision.substitute();
    if (substitute == null) {
      bytes += revision.text().length();
    } else {
      censored += substitute instanceof CensoredRevision ? 1 : 0;
      storedElsewhere += substitute instanceof StoredElsewhere ? 1 : 0;
      if (substituted.size() < SubstituteReport.MAX_NAMED) {
        substituted.add(new SubstitutedRevision(revision.key(), substitute));
      }
    }
  }

  /** Counts a changeset or file revision, once more, of which a parent is not there. */
  void lacksParent(RevisionKey key) {
    if (key.kind() == RevisionKind.CHANGESET) {
      changesetsWithoutParents++;
    } else {
      filesWithoutParents++;
    }
  }

  /** Returns what was counted so far. */
  PullCounts copy() {
    PullCounts copy = new PullCounts();
    copy.restore(this);
    return copy;
  }

  /** Counts as others do: what came since does not count. */
  void restore(PullCounts before) {
    revisions.clear();
    revisions.putAll(before.revisions);
    substituted.clear();
    substituted.addAll(before.substituted);
    censored = before.censored;
    storedElsewhere = before.storedElsewhere;
    bytes = before.bytes;
    changesetsWithoutParents = before.changesetsWithoutParents;
    filesWithoutParents = before.filesWithoutParents;
  }

  private long of(RevisionKind kind) {
    return revisions.getOrDefault(kind, 0L);
  }

  /** Returns how far what was counted was verified, of a pull of {@code part}. */
  PartReport report(RepositoryPart part) {
    return new PartReport(part, changesetsWithoutParents, filesWithoutParents);
  }

  PullSummary summary() {
    return new PullSummary(
        of(RevisionKind.CHANGESET),
        of(RevisionKind.MANIFEST),
        of(RevisionKind.FILE),
        bytes,
        new SubstituteReport(censored, storedElsewhere, substituted),
        CloneBundleReport.NONE,
        PartReport.WHOLE);
  }
}
