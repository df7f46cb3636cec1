// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.verify;

import java.io.IOException;
import java.util.Arrays;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.ChangesetText;
import org.hgwire.store.revlog.Revlog;
import org.jspecify.annotations.Nullable;

/** Checks the changesets. */
final class ChangesetCheck {
  /** The manifest of a changeset whose text cannot be read. */
  static final int UNKNOWN = -2;

  private final Revlog changelog;
  private final @Nullable Revlog manifests;
  private final ExpectedFiles files;
  private final RevisionCheck check;

  /**
   * @param manifests the manifests, or null if there are none
   * @param files is told which files changesets list
   */
  ChangesetCheck(
      Revlog changelog, @Nullable Revlog manifests, ExpectedFiles files, Findings findings) {
    this.changelog = changelog;
    this.manifests = manifests;
    this.files = files;
    this.check = new RevisionCheck(changelog, "the changelog", findings);
  }

  /**
   * Checks all.
   *
   * @return the revision of the manifest of each: {@link Revlog#NONE} if it has no files, {@link
   *     #UNKNOWN} if it is not known
   */
  int[] run() throws IOException {
    int[] manifestOf = new int[changelog.count()];
    Arrays.fill(manifestOf, UNKNOWN);
    for (int changeset = 0; changeset < manifestOf.length; changeset++) {
      if (changelog.link(changeset) != changeset) {
        check.damaged(changeset, "points to changeset " + changelog.link(changeset));
      }
      ByteString text = check.text(changeset);
      if (text != null) {
        manifestOf[changeset] = read(changeset, text);
      }
    }
    return manifestOf;
  }

  private int read(int changeset, ByteString text) {
    Node manifest;
    try {
      manifest = ChangesetText.manifestOf(text);
    } catch (WireProtocolException malformed) {
      check.damaged(changeset, "is malformed: " + malformed.getMessage());
      return UNKNOWN;
    }
    listFiles(changeset, text);
    if (manifest.isNull()) {
      return Revlog.NONE;
    }
    int revision = manifests == null ? Revlog.NONE : manifests.find(manifest);
    if (revision == Revlog.NONE) {
      check.damaged(changeset, "has the manifest " + manifest + ", which is missing");
      return UNKNOWN;
    }
    return revision;
  }

  /** The files are the lines after manifest, user and date, until an empty one. */
  private void listFiles(int changeset, ByteString text) {
    int line = text.indexOf((byte) '\n', 0) + 1;
    for (int skipped = 0; skipped < 2 && line > 0; skipped++) {
      line = text.indexOf((byte) '\n', line) + 1;
    }
    int end = line > 0 ? text.indexOf((byte) '\n', line) : -1;
    while (end > line) {
      files.change(text.substring(line, end), file -> file.listedBy(changeset));
      line = end + 1;
      end = text.indexOf((byte) '\n', line);
    }
    if (end < 0) {
      check.damaged(changeset, "is malformed: its list of files does not end");
    }
  }
}
