// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import java.io.IOException;
import org.hgwire.core.ByteString;
import org.hgwire.core.bundle.Segment;
import org.hgwire.server.command.CommandSettings;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.work.Work;

/** Writes the changesets that a receiver lacks, with their manifests and files. */
final class ChangegroupWriter {
  private final RepositorySnapshot snapshot;
  private final DeltaGroup.Target target;
  private final Outgoing outgoing;
  private final MissingHistory history;
  private final int maxDeltaText;

  ChangegroupWriter(
      RepositorySnapshot snapshot,
      DeltaGroup.Target target,
      Outgoing outgoing,
      MissingHistory history,
      CommandSettings settings) {
    this.snapshot = snapshot;
    this.target = target;
    this.outgoing = outgoing;
    this.history = history;
    this.maxDeltaText = settings.maxDeltaText();
  }

  /** Returns the work of writing all of it. */
  Work<Boolean> write() {
    return changesets()
        .then(unused -> manifests())
        .then(unused -> Work.inTurn(history.paths(), this::file, true))
        .map(
            written -> {
              target.encoder().end();
              return written;
            });
  }

  private Work<Boolean> changesets() {
    return new DeltaGroup(
        target,
        Segment.CHANGESETS,
        ByteString.empty(),
        new MissingChangesets(target.index(), outgoing),
        new ChangesetBodies(target.version(), target.index(), history));
  }

  private Work<Boolean> manifests() throws IOException {
    return new DeltaGroup(
        target,
        Segment.MANIFESTS,
        ByteString.empty(),
        history.manifests(),
        new ManifestBodies(bodies(true), snapshot, history));
  }

  private Work<Boolean> file(ByteString path) throws IOException {
    return new DeltaGroup(target, Segment.FILES, path, history.file(path), bodies(false));
  }

  private RevisionBodies bodies(boolean wholeLines) {
    return new DeltaBodies(target.version(), wholeLines, maxDeltaText);
  }
}
