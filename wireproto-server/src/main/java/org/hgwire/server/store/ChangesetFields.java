// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimit;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.ChangesetText;
import org.hgwire.core.revision.ExtraText;
import org.hgwire.store.StoreException;
import org.hgwire.store.revlog.Revlog;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a stored changeset, found in its text without parsing all of it ({@link
 * ChangesetText} has the form).
 */
final class ChangesetFields {
  private static final int HEX = 2 * Node.BYTES;
  private static final ByteString BRANCH = ByteString.utf8("branch:");
  private static final ByteString CLOSE = ByteString.utf8("close:");

  private final Node changeset;
  private final Path changelog;
  private final ByteString text;

  /** Where the line with the time begins, and where it ends. */
  private final int time;

  private final int timeEnd;

  /**
   * Finds the lines.
   *
   * @throws StoreException if the text has too few
   */
  ChangesetFields(Revlog changelog, int revision, ByteString text) throws StoreException {
    this.changeset = changelog.node(revision);
    this.changelog = changelog.path();
    this.text = text;
    int user = text.indexOf((byte) '\n', 0) + 1;
    int date = user == 0 ? 0 : text.indexOf((byte) '\n', user) + 1;
    timeEnd = date == 0 ? -1 : text.indexOf((byte) '\n', date);
    time = date;
    if (timeEnd < 0) {
      throw damaged("has less than four lines", null);
    }
  }

  private StoreException damaged(String what, @Nullable Throwable cause) {
    return new StoreException(
        StoreException.Kind.DAMAGED,
        "the text of the changeset " + changeset + " in " + changelog + " " + what,
        cause);
  }

  /**
   * Returns the node of the manifest.
   *
   * @throws StoreException if the text does not begin with one
   */
  Node manifest() throws StoreException {
    int end = Math.min(HEX, text.length());
    try {
      return Node.fromHex(text.substring(0, end).utf8());
    } catch (IllegalArgumentException e) {
      throw damaged("does not begin with the node of a manifest", e);
    }
  }

  ByteString branch() {
    ByteString branch = extra(BRANCH);
    return branch == null ? ChangesetText.DEFAULT_BRANCH : branch;
  }

  boolean closesBranch() {
    return extra(CLOSE) != null;
  }

  /** Finds a value in the line with the time: {@code <seconds> <offset>[ <key>:<value>\0…]}. */
  private @Nullable ByteString extra(ByteString key) {
    int offset = text.indexOf((byte) ' ', time);
    int start = offset < 0 ? -1 : text.indexOf((byte) ' ', offset + 1);
    if (start < 0 || start >= timeEnd) {
      return null;
    }
    start++;
    while (start < timeEnd) {
      int zero = text.indexOf((byte) 0, start);
      int end = zero < 0 || zero > timeEnd ? timeEnd : zero;
      ByteString pair = text.substring(start, end);
      if (pair.startsWith(key)) {
        return ExtraText.unescape(pair.substring(key.length(), pair.length()));
      }
      start = end + 1;
    }
    return null;
  }

  /**
   * Returns the paths that the changeset lists, in the order of its text.
   *
   * @throws StoreException if there are more than {@code max}
   */
  List<ByteString> files(int max) throws StoreException {
    List<ByteString> files = new ArrayList<>();
    for (int start = timeEnd + 1; start < text.length(); ) {
      int feed = text.indexOf((byte) '\n', start);
      int end = feed < 0 ? text.length() : feed;
      if (end == start) {
        break;
      }
      if (files.size() == max) {
        throw new StoreException(
            StoreException.Kind.TOO_LARGE,
            "the changeset "
                + changeset
                + " in "
                + changelog
                + " lists more than "
                + max
                + " files ("
                + WireLimit.MAX_LISTED_FILES
                + ")");
      }
      files.add(text.substring(start, end));
      start = end + 1;
    }
    return files;
  }
}
