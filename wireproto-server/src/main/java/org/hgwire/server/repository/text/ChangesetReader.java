// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository.text;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.ChangesetText;
import org.hgwire.core.revision.ExtraText;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stored text of a changeset from the front, and only as far as needed: the manifest, the
 * branch and the files, but not the message. Used by one thread at a time.
 */
public final class ChangesetReader implements Closeable {
  private static final ByteString BRANCH = ByteString.utf8("branch:");
  private static final ByteString CLOSE = ByteString.utf8("close:");

  private final Node changeset;
  private final LineReader lines;

  private ChangesetReader(Node changeset, InputStream text) {
    this.changeset = changeset;
    this.lines = new LineReader(text, "the text of the changeset " + changeset);
  }

  /** Returns a reader at the start of {@code text}, which it closes. */
  public static ChangesetReader open(Node changeset, InputStream text) {
    return new ChangesetReader(changeset, text);
  }

  /**
   * Returns the node of the manifest, from the first line.
   *
   * @throws IOException if the text cannot be read or is damaged
   */
  public Node manifest() throws IOException {
    ByteString line = line();
    try {
      return Node.fromHex(line.utf8());
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "the text of changeset " + changeset + " does not begin with a node", e);
    }
  }

  /**
   * Returns the branch; the reader is at the start of the text.
   *
   * @throws IOException if the text cannot be read or is damaged
   */
  public ByteString branch() throws IOException {
    ByteString branch = extra(BRANCH);
    return branch == null ? ChangesetText.DEFAULT_BRANCH : branch;
  }

  /**
   * Returns whether the changeset closes its branch; the reader is at the start of the text.
   *
   * @throws IOException if the text cannot be read or is damaged
   */
  public boolean closesBranch() throws IOException {
    return extra(CLOSE) != null;
  }

  /**
   * Skips the lines before the list of files; the reader is at the start of the text.
   *
   * @throws IOException if the text cannot be read or is damaged
   */
  public void skipToFiles() throws IOException {
    line();
    line();
    line();
  }

  /**
   * Returns the next file, or null after the last.
   *
   * @throws IOException if the text cannot be read
   */
  public @Nullable ByteString nextFile() throws IOException {
    ByteString line = lines.next();
    return line == null || line.isEmpty() ? null : line;
  }

  private ByteString line() throws IOException {
    ByteString line = lines.next();
    if (line == null) {
      throw new IOException("the text of changeset " + changeset + " ends before its files");
    }
    return line;
  }

  /** Finds a value in the third line: {@code <seconds> <offset>[ <key>:<value>\0…]}. */
  private @Nullable ByteString extra(ByteString key) throws IOException {
    line();
    line();
    ByteString date = line();
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
