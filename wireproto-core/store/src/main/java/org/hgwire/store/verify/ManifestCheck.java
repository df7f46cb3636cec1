// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.verify;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.ManifestText;
import org.hgwire.store.StoreException;
import org.hgwire.store.revlog.Revlog;

/** Checks some of the manifests, in a log of its own: the texts are made one from another. */
final class ManifestCheck {
  private static final int HUNK_HEAD = 12;

  private final Revlog manifests;
  private final int[] manifestOf;
  private final boolean[] named;
  private final ExpectedFiles files;
  private final RevisionCheck check;

  /**
   * @param manifestOf the revision of the manifest of each changeset
   * @param named whether a changeset has the manifest
   * @param files is told which revisions of files are in manifests
   */
  ManifestCheck(
      Revlog manifests, int[] manifestOf, boolean[] named, ExpectedFiles files, Findings findings) {
    this.manifests = manifests;
    this.manifestOf = manifestOf;
    this.named = named;
    this.files = files;
    this.check = new RevisionCheck(manifests, "the manifests", findings);
  }

  /** Checks those from {@code from} to before {@code to}. */
  void run(int from, int to) throws IOException {
    for (int revision = from; revision < to; revision++) {
      checkLink(revision);
      ByteString text = check.text(revision);
      if (text != null) {
        try {
          readNew(revision, text);
        } catch (WireProtocolException | StoreException malformed) {
          check.damaged(revision, "is malformed: " + malformed.getMessage());
        }
      }
    }
  }

  private void checkLink(int revision) {
    int link = manifests.link(revision);
    if (link >= manifestOf.length) {
      check.damaged(revision, "points to changeset " + link + ", which does not exist");
    } else if (!named[revision]) {
      check.damaged(revision, "is the manifest of no changeset");
    } else if (manifestOf[link] != revision && manifestOf[link] != ChangesetCheck.UNKNOWN) {
      check.damaged(revision, "points to changeset " + link + ", which has another manifest");
    }
  }

  /** Reads the lines that the delta of a revision writes; all, if it is stored as a whole. */
  private void readNew(int revision, ByteString text) throws IOException {
    if (manifests.base(revision) == Revlog.NONE) {
      read(text);
      return;
    }
    ByteBuffer delta = manifests.chunk(revision);
    int shift = 0;
    while (delta.remaining() >= HUNK_HEAD) {
      int start = delta.getInt();
      int end = delta.getInt();
      int length = delta.getInt();
      delta.position(delta.position() + length);
      int at = start + shift;
      shift += length - (end - start);
      read(wholeLines(text, at, at + length));
    }
  }

  /** Returns a part of a text, from the beginning of its first line to the end of its last one. */
  private static ByteString wholeLines(ByteString text, int from, int to) {
    int begin = from;
    while (begin > 0 && text.at(begin - 1) != '\n') {
      begin--;
    }
    int end = to;
    while (end > begin && end < text.length() && text.at(end - 1) != '\n') {
      end++;
    }
    return text.substring(begin, end);
  }

  private void read(ByteString lines) {
    ManifestText.Cursor entries = ManifestText.cursor(lines);
    while (entries.next()) {
      Node node = entries.node();
      files.change(entries.path(), file -> file.hasRevision(node));
    }
  }
}
