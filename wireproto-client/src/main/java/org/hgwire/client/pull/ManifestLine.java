// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.util.Arrays;
import org.hgwire.client.RefusedHistoryException;
import org.hgwire.client.RefusedHistoryException.Reason;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.ManifestFlag;
import org.hgwire.core.revision.TrackedPath;
import org.jspecify.annotations.Nullable;

/** The last line of a manifest that was checked, and the check of the next one. */
final class ManifestLine {
  private static final int HEX = 2 * Node.BYTES;

  private final RevisionKey manifest;
  private byte[] text;

  /** Where the last line is, and where its path ends; none if {@code start} is negative. */
  private int start = -1;

  private int zero;

  ManifestLine(RevisionKey manifest, byte[] text) {
    this.manifest = manifest;
    this.text = text;
  }

  /**
   * Checks the line at {@code from}, which becomes the last one.
   *
   * @param to where the text ends
   * @return where the next line begins
   * @throws RefusedHistoryException if the line is not what it should be
   */
  int check(int from, int to) throws RefusedHistoryException {
    int pathEnd = endOfPath(from, to);
    int end = pathEnd + 1 + HEX;
    if (end >= to || !isHex(pathEnd + 1, end)) {
      throw malformed(manifest);
    }
    ManifestFlag flag = ManifestFlag.FILE;
    if (text[end] != '\n') {
      flag = flagAt(end++);
    }
    if (end >= to || text[end] != '\n') {
      throw malformed(manifest);
    }
    requireAfterLast(from, pathEnd);
    if (flag == ManifestFlag.TREE) {
      throw new RefusedHistoryException(
          Reason.TREE_MANIFEST,
          "The "
              + manifest
              + " is a tree: the repository uses tree manifests (treemanifest), which are not"
              + " supported; pull from a repository with flat manifests.");
    }
    String fault = TrackedPath.fault(text, from, pathEnd);
    if (fault != null) {
      throw unsafe("the " + manifest, path(from, pathEnd), fault);
    }
    start = from;
    zero = pathEnd;
    return end + 1;
  }

  /** Takes lines that were checked: the first is at {@code from}, the last at {@code lastStart}. */
  void skipRun(int from, int lastStart, int to) throws RefusedHistoryException {
    requireAfterLast(from, endOfPath(from, to));
    start = lastStart;
    zero = endOfPath(lastStart, to);
  }

  private int endOfPath(int from, int to) throws RefusedHistoryException {
    int end = from;
    while (end < to && text[end] != 0 && text[end] != '\n') {
      end++;
    }
    if (end == to || text[end] != 0) {
      throw malformed(manifest);
    }
    return end;
  }

  private void requireAfterLast(int from, int pathEnd) throws RefusedHistoryException {
    if (start >= 0 && Arrays.compareUnsigned(text, start, zero, text, from, pathEnd) >= 0) {
      throw new RefusedHistoryException(
          Reason.UNSORTED_MANIFEST,
          "The paths of the "
              + manifest
              + " are not sorted, or are there twice, at "
              + path(from, pathEnd)
              + "; report this to the server's administrator.");
    }
  }

  private boolean isHex(int from, int to) {
    for (int i = from; i < to; i++) {
      byte digit = text[i];
      if (!((digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f'))) {
        return false;
      }
    }
    return true;
  }

  private ManifestFlag flagAt(int index) throws RefusedHistoryException {
    @Nullable ManifestFlag flag = ManifestFlag.of(text[index]);
    if (flag == null) {
      throw malformed(manifest);
    }
    return flag;
  }

  private ByteString path(int from, int to) {
    return ByteString.copyOf(text, from, to - from);
  }

  /**
   * Compares the path of the last line with that of the line of {@code other} at {@code from}: with
   * its NUL, which is less than any byte of a path, so that a long path there is not read.
   */
  int comparePath(byte[] other, int from) {
    int end = Math.min(other.length, from + zero + 1 - start);
    return Arrays.compareUnsigned(text, start, zero + 1, other, from, end);
  }

  /** Returns the path of the last line. */
  ByteString path() {
    return path(start, zero);
  }

  /** Returns the node of the last line. */
  Node node() {
    return new Node(word(zero + 1, 16), word(zero + 17, 16), (int) word(zero + 33, 8));
  }

  private long word(int from, int digits) {
    long word = 0;
    for (int i = from; i < from + digits; i++) {
      word = word << 4 | (text[i] <= '9' ? text[i] - '0' : text[i] - 'a' + 10);
    }
    return word;
  }

  /** Returns where the last line begins, or {@code otherwise} if there is none. */
  int start(int otherwise) {
    return start < 0 ? otherwise : start;
  }

  /**
   * Notes that the bytes of the text are in {@code other} now, {@code by} bytes further to front.
   */
  void move(byte[] other, int by) {
    text = other;
    if (start >= 0) {
      start -= by;
      zero -= by;
    }
  }

  static RefusedHistoryException malformed(RevisionKey manifest) {
    return new RefusedHistoryException(
        Reason.MALFORMED_MANIFEST,
        "The " + manifest + " is malformed; report this to the server's administrator.");
  }

  static RefusedHistoryException unsafe(String where, ByteString path, String fault) {
    return new RefusedHistoryException(
        Reason.UNSAFE_PATH,
        "The path "
            + path
            + " in "
            + where
            + " "
            + fault
            + " and was refused; report this to the server's administrator.");
  }
}
