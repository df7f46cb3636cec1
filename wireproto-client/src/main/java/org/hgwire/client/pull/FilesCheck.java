// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.hgwire.client.VerificationException;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.ManifestFlag;
import org.hgwire.core.revision.ManifestText;

/**
 * Checks that a sink has every file revision to which the manifest of a changeset refers and the
 * manifests of its parents do not. If so, and the parents are complete, the changeset is complete.
 */
final class FilesCheck {
  /** About 20 MiB of them. */
  private static final int MAX_PAIRS = 65_536;

  private final PullSink sink;
  private final AddedFiles addedFiles;

  /** The pairs whose files are there, the oldest first. */
  private final Set<ManifestPair> complete = new LinkedHashSet<>();

  FilesCheck(PullSink sink, PullLimits limits) {
    this.sink = sink;
    this.addedFiles = new AddedFiles(sink, limits.comparisons());
  }

  /**
   * Checks one changeset.
   *
   * @throws VerificationException naming the first file revision that is missing
   */
  void requireFiles(Node changeset) throws IOException {
    ManifestPair pair = addedFiles.pairOf(changeset);
    if (!complete.contains(pair)) {
      addedFiles.visit(pair, (manifest, entry) -> requireFile(changeset, manifest, entry));
      complete.add(pair);
      if (complete.size() > MAX_PAIRS) {
        Iterator<ManifestPair> oldest = complete.iterator();
        oldest.next();
        oldest.remove();
      }
    }
  }

  private void requireFile(Node changeset, Node manifest, ManifestText.Cursor entry)
      throws IOException {
    RevisionKey file = RevisionKey.file(entry.path(), entry.node());
    if (entry.flag() == ManifestFlag.TREE || !sink.has(file)) {
      throw new VerificationException(
          file.node(),
          "The server omitted the "
              + (entry.flag() == ManifestFlag.TREE ? "files of the directory, " : "")
              + file
              + ", to which the manifest "
              + manifest
              + " of changeset "
              + changeset
              + " refers; report this to the server's administrator.",
          null);
    }
  }
}
