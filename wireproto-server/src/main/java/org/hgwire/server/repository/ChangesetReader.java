// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository;

import java.io.Closeable;
import java.io.IOException;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.ChangesetText;
import org.hgwire.core.revision.ExtraText;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the library needs of the text of a changeset, from the front, and no further: the
 * manifest, the branch and the files, but not the message.
 */
final class ChangesetReader implements Closeable {
  private static final ByteString BRANCH = ByteString.utf8("branch:");
  private static final ByteString CLOSE = ByteString.utf8("close:");

  private final int revision;
  private final LineReader lines;

  private ChangesetReader(ChangesetIndex index, int revision) throws IOException {
    this.revision = revision;
    this.lines = new LineReader(index.text(revision).open());
  }

  static Node manifest(ChangesetIndex index, int revision) throws IOException {
    try (ChangesetReader reader = new ChangesetReader(index, revision)) {
      return reader.manifest();
    }
  }

  static ByteString branch(ChangesetIndex index, int revision) throws IOException {
    ByteString branch = extra(index, revision, BRANCH);
    return branch == null ? ChangesetText.DEFAULT_BRANCH : branch;
  }

  static boolean closesBranch(ChangesetIndex index, int revision) throws IOException {
    return extra(index, revision, CLOSE) != null;
  }

  private static @Nullable ByteString extra(ChangesetIndex index, int revision, ByteString key)
      throws IOException {
    try (ChangesetReader reader = new ChangesetReader(index, revision)) {
      reader.line();
      reader.line();
      return extra(reader.line(), key);
    }
  }

  /** Opens the text of a changeset and reads as far as its files. */
  static ChangesetReader atFiles(ChangesetIndex index, int revision) throws IOException {
    ChangesetReader reader = new ChangesetReader(index, revision);
    try {
      reader.line();
      reader.line();
      reader.line();
    } catch (IOException e) {
      reader.close();
      throw e;
    }
    return reader;
  }

  /** Returns the next file, or null after the last. */
  @Nullable ByteString nextFile() throws IOException {
    ByteString line = lines.next();
    return line == null || line.isEmpty() ? null : line;
  }

  private Node manifest() throws IOException {
    ByteString line = line();
    try {
      return Node.fromHex(line.utf8());
    } catch (IllegalArgumentException e) {
      throw new IOException("the text of changeset " + revision + " does not begin with a node", e);
    }
  }

  private ByteString line() throws IOException {
    ByteString line = lines.next();
    if (line == null) {
      throw new IOException("the text of changeset " + revision + " ends before its files");
    }
    return line;
  }

  /** Finds a value in {@code <seconds> <offset>[ <key>:<value>\0<key>:<value>…]}. */
  private static @Nullable ByteString extra(ByteString date, ByteString key) {
    int seconds = date.indexOf((byte) ' ', 0);
    int offset = seconds < 0 ? -1 : date.indexOf((byte) ' ', seconds + 1);
    for (int start = offset + 1; offset >= 0 && start < date.length(); ) {
      int end = date.indexOf((byte) 0, start);
      ByteString pair = date.substring(start, end < 0 ? date.length() : end);
      if (pair.startsWith(key)) {
        return ExtraText.unescape(pair.substring(key.length(), pair.length()));
      }
      start += pair.length() + 1;
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
