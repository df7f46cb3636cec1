// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import org.hgwire.client.VerificationException;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.ManifestFlag;
import org.hgwire.core.revision.ManifestText;

/**
 * Holds a sink to this: what a manifest refers to and the manifests of its changeset's parents do
 * not is there. So, if the parents are complete, the changeset is.
 */
final class FilesCheck {
  private final PullSink sink;
  private final AddedFiles addedFiles;

  FilesCheck(PullSink sink) {
    this.sink = sink;
    this.addedFiles = new AddedFiles(sink);
  }

  /**
   * Checks one changeset.
   *
   * @throws VerificationException naming the first file revision that is missing
   */
  void requireFiles(Node changeset) throws IOException {
    addedFiles.visit(changeset, (manifest, entry) -> requireFile(changeset, manifest, entry));
  }

  private void requireFile(Node changeset, Node manifest, ManifestText.Cursor entry)
      throws IOException {
    RevisionKey file = RevisionKey.file(entry.path(), entry.node());
    if (entry.flag() == ManifestFlag.TREE || !sink.has(file)) {
      throw new VerificationException(
          file.node(),
          "The server left out the "
              + (entry.flag() == ManifestFlag.TREE ? "files of the directory, " : "")
              + file
              + ", to which the manifest "
              + manifest
              + " of changeset "
              + changeset
              + " refers; tell who runs the server.",
          null);
    }
  }
}
