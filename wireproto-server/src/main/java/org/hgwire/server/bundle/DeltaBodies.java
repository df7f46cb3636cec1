// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.bundle.ChangegroupVersion;
import org.hgwire.core.bundle.DeltaHeader;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.Delta;
import org.hgwire.server.repository.StoredDelta;
import org.hgwire.server.repository.StoredRevision;
import org.jspecify.annotations.Nullable;

/**
 * Sends stored deltas where the receiver has their base, and makes others against a revision that
 * it has. A text is opened only for the latter, and longer texts are streamed.
 *
 * <p>The text that was read last is a likely base of the next delta; it is kept as long as there is
 * memory.
 */
final class DeltaBodies implements RevisionBodies {
  private final ChangegroupVersion version;
  private final boolean wholeLines;
  private final int maxText;
  private Node lastNode = Node.NULL;
  private SoftReference<ByteString> lastText = new SoftReference<>(null);

  /**
   * Makes it for the revisions of one store.
   *
   * @param wholeLines whether deltas replace whole lines, as those of manifests must
   * @param maxText the size, in bytes, of the longest text for which a delta is made
   */
  DeltaBodies(ChangegroupVersion version, boolean wholeLines, int maxText) {
    this.version = version;
    this.wholeLines = wholeLines;
    this.maxText = maxText;
  }

  @Override
  public RevisionBody of(
      MissingRevisions revisions, StoredRevision revision, @Nullable StoredRevision previous)
      throws IOException {
    if (!isCensored(revision)) {
      StoredDelta delta = delta(revisions, revision, previous);
      if (delta != null) {
        return RevisionBody.of(delta);
      }
    }
    DeltaBase base = DeltaBase.ofText(version, revisions, revision, previous);
    ByteString kept = revision.node().equals(lastNode) ? lastText.get() : null;
    return kept == null
        ? RevisionBody.replacing(base, revision)
        : RevisionBody.replacing(base, kept);
  }

  private @Nullable StoredDelta delta(
      MissingRevisions revisions, StoredRevision revision, @Nullable StoredRevision previous)
      throws IOException {
    StoredDelta stored = revision.delta();
    if (stored != null && isUsable(stored.base(), revisions, revision, previous)) {
      return stored;
    }
    if (revision.size() > maxText) {
      return null;
    }
    for (Node candidate : candidates(revision, previous)) {
      StoredRevision base =
          isUsable(candidate, revisions, revision, previous) ? revisions.find(candidate) : null;
      if (base != null && base.size() <= maxText && !isCensored(base)) {
        // The base first: then the text of this revision is the one that is kept.
        ByteString from = text(base);
        ByteString hunks = between(from, text(revision));
        if (hunks.length() < revision.size()) {
          return new StoredDelta(candidate, hunks);
        }
      }
    }
    return null;
  }

  private List<Node> candidates(StoredRevision revision, @Nullable StoredRevision previous) {
    if (version == ChangegroupVersion.V01 && previous != null) {
      return List.of(previous.node());
    }
    return !revision.parent1().isNull()
        ? List.of(revision.parent1())
        : revision.parent2().isNull() ? List.of() : List.of(revision.parent2());
  }

  /** Returns whether the receiver has a base, and the version of the changegroup can name it. */
  private boolean isUsable(
      Node base,
      MissingRevisions revisions,
      StoredRevision revision,
      @Nullable StoredRevision previous)
      throws IOException {
    if (version == ChangegroupVersion.V01) {
      Node implied = previous == null ? revision.parent1() : previous.node();
      return base.equals(implied)
          && (previous == null ? base.isNull() || revisions.has(base) : !isCensored(previous));
    }
    return base.isNull() || revisions.has(base);
  }

  private static boolean isCensored(StoredRevision revision) {
    return (revision.flags() & DeltaHeader.CENSORED) != 0;
  }

  private ByteString between(ByteString base, ByteString text) {
    return wholeLines ? Delta.betweenLines(base, text) : Delta.between(base, text);
  }

  private ByteString text(StoredRevision revision) throws IOException {
    ByteString kept = revision.node().equals(lastNode) ? lastText.get() : null;
    if (kept == null) {
      kept = RevisionBodies.text(revision);
      lastNode = revision.node();
      lastText = new SoftReference<>(kept);
    }
    return kept;
  }
}
