// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.verify;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.revision.FileText;
import org.hgwire.core.revision.FileText.CopySource;
import org.hgwire.store.FileLogPaths;
import org.hgwire.store.RevlogPath;
import org.hgwire.store.StoreException;
import org.hgwire.store.revlog.Revlog;
import org.hgwire.store.revlog.RevlogLimits;
import org.jspecify.annotations.Nullable;

/** Checks the revisions of files. Used by one thread. */
final class FileCheck {
  /** What begins with metadata says within so many bytes where it was copied from. */
  private static final int MAX_METADATA = 16 * 1024;

  private static final ByteString METADATA = ByteString.copyOf((byte) 1, (byte) '\n');

  private final FileLogPaths paths;
  private final RevlogLimits limits;
  private final int changesets;
  private final Findings findings;
  private @Nullable Revlog source;
  private ByteString sourcePath = ByteString.empty();

  FileCheck(FileLogPaths paths, RevlogLimits limits, int changesets, Findings findings) {
    this.paths = paths;
    this.limits = limits;
    this.changesets = changesets;
    this.findings = findings;
  }

  /**
   * Checks one file.
   *
   * @return the number of its revisions
   */
  int run(ByteString path, ExpectedFile expected) throws IOException {
    String what = "the file " + path;
    try (Revlog log = open(path)) {
      if (log == null) {
        if (expected.isInManifests()) {
          findings.damaged(
              what + ", which is in a manifest, has no revisions: its revlog is missing");
        } else {
          findings.damaged(
              what
                  + " is listed by changeset "
                  + expected.firstChangeset()
                  + ", but in no manifest");
        }
        return 0;
      }
      check(log, what, expected);
      return log.count();
    } catch (StoreException unreadable) {
      findings.damaged(unreadable);
      return 0;
    }
  }

  private @Nullable Revlog open(ByteString path) throws IOException {
    RevlogPath found = paths.find(path);
    try {
      return found == null ? null : Revlog.open(found, limits);
    } catch (NoSuchFileException missing) {
      return null;
    }
  }

  private void check(Revlog log, String what, ExpectedFile expected) throws IOException {
    RevisionCheck check = new RevisionCheck(log, what, findings);
    boolean[] present = new boolean[log.count()];
    expected.forEachRevision(
        node -> {
          int revision = log.find(node);
          if (revision == Revlog.NONE) {
            findings.damaged(what + " has no revision " + node + ", which is in a manifest");
          } else {
            present[revision] = true;
          }
        });
    for (int revision = 0; revision < log.count(); revision++) {
      int link = log.link(revision);
      if (link >= changesets) {
        check.damaged(revision, "points to changeset " + link + ", which does not exist");
      } else if (!expected.isListedBy(link)) {
        check.damaged(revision, "points to changeset " + link + ", which does not list the file");
      }
      if (!present[revision]) {
        check.damaged(revision, "is in no manifest");
      }
      ByteString head = check.head(revision, MAX_METADATA);
      if (head != null && log.flags(revision) == 0 && head.startsWith(METADATA)) {
        checkCopy(check, revision, head);
      }
    }
  }

  private void checkCopy(RevisionCheck check, int revision, ByteString head) throws IOException {
    CopySource copied;
    try {
      copied = FileText.parse(head).copySource();
    } catch (WireProtocolException malformed) {
      check.damaged(revision, "has malformed metadata: " + malformed.getMessage());
      return;
    }
    if (copied == null || copied.node().isNull()) {
      return;
    }
    try {
      Revlog log = source(copied.path());
      if (log == null || log.find(copied.node()) == Revlog.NONE) {
        check.damaged(
            revision,
            "was copied from revision "
                + copied.node()
                + " of "
                + copied.path()
                + ", which is missing");
      }
    } catch (StoreException unreadable) {
      // That file is checked, too.
    }
  }

  private @Nullable Revlog source(ByteString path) throws IOException {
    if (!path.equals(sourcePath)) {
      close();
      sourcePath = path;
      source = open(path);
    }
    return source;
  }

  /** Closes what is open. */
  void close() throws IOException {
    Revlog open = source;
    source = null;
    sourcePath = ByteString.empty();
    if (open != null) {
      open.close();
    }
  }
}
