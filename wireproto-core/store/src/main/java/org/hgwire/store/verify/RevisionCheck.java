// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.verify;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.NodeHasher;
import org.hgwire.store.StoreException;
import org.hgwire.store.revlog.Revlog;
import org.jspecify.annotations.Nullable;

/** Checks revisions of one log by their hashes, and makes the sentences about it. */
final class RevisionCheck {
  private static final int BUFFER = 64 * 1024;
  private static final ByteString TOMBSTONE = ByteString.utf8("\1\ncensored:");

  private final Revlog log;
  private final String what;
  private final Findings findings;

  /**
   * @param what what the log is of, such as {@code the file src/a.c}
   */
  RevisionCheck(Revlog log, String what, Findings findings) {
    this.log = log;
    this.what = what;
    this.findings = findings;
  }

  /** Notes that a revision is damaged. */
  void damaged(int revision, String why) {
    findings.damaged(
        "revision " + revision + " (" + log.node(revision) + ") of " + what + " " + why);
  }

  /** Returns the text of a revision, or null if it cannot be read, which is noted. */
  @Nullable ByteString text(int revision) throws IOException {
    try {
      ByteString text = log.text(revision);
      NodeHasher hasher = hasher(revision);
      hasher.update(text.asByteBuffer());
      require(revision, hasher.finish(), text);
      return text;
    } catch (StoreException fault) {
      findings.damaged(fault);
      return null;
    }
  }

  /**
   * Checks a text of any length, and returns its first {@code max} bytes, or null if it cannot be
   * read, which is noted.
   */
  @Nullable ByteString head(int revision, int max) throws IOException {
    byte[] buffer = new byte[BUFFER];
    ByteString head = ByteString.empty();
    try (InputStream text = log.open(revision)) {
      NodeHasher hasher = hasher(revision);
      int count = text.readNBytes(buffer, 0, BUFFER);
      head = ByteString.copyOf(buffer, 0, Math.min(count, max));
      while (count > 0) {
        hasher.update(ByteBuffer.wrap(buffer, 0, count));
        count = text.readNBytes(buffer, 0, BUFFER);
      }
      require(revision, hasher.finish(), head);
      return head;
    } catch (StoreException fault) {
      findings.damaged(fault);
      return null;
    }
  }

  private NodeHasher hasher(int revision) {
    return NodeHasher.of(nodeOf(log.parent1(revision)), nodeOf(log.parent2(revision)));
  }

  private Node nodeOf(int revision) {
    return revision == Revlog.NONE ? Node.NULL : log.node(revision);
  }

  /** Repositories whose revisions have other flags than that of a tombstone are not opened. */
  private void require(int revision, Node hash, ByteString head) {
    int flags = log.flags(revision);
    if (flags == Revlog.FLAG_CENSORED && head.startsWith(TOMBSTONE)) {
      findings.warned("revision " + revision + " of " + what + " is censored");
    } else if (flags != 0) {
      damaged(revision, "has the flags " + flags + ", which its text does not have");
    } else if (!hash.equals(log.node(revision))) {
      damaged(revision, "has a text with the hash " + hash);
    }
  }
}
