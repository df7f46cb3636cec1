// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.hgwire.client.RefusedHistoryException;
import org.hgwire.client.sink.MemoryText;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.RevisionText;
import org.hgwire.core.ByteString;
import org.hgwire.core.revision.TrackedPath;

/**
 * Checks manifests before a sink gets them: the form of their lines, that their paths ascend and
 * none is there twice, that each is a {@link TrackedPath}, and that none is a directory.
 *
 * <p>Theory of operation: a manifest shares nearly all of its lines with the one before it, which
 * was checked. So if both are in memory, only the lines between runs of equal bytes are looked at,
 * and the first line of a run is compared with the one before it. For one thread.
 */
final class ManifestCheck {
  private static final int BUFFER = 64 * 1024;

  /** Not a WireLimit: far longer than a path in any file system. */
  private static final int MAX_LINE = 1024 * 1024;

  private static final byte[] NOTHING = new byte[0];

  /** The manifest that was checked last, if it is in memory; never changed. */
  private byte[] checked = NOTHING;

  /**
   * Checks a manifest.
   *
   * @throws RefusedHistoryException naming it, and the path
   */
  void require(RevisionKey manifest, RevisionText text) throws IOException {
    if (text instanceof MemoryText memory) {
      requireMemory(manifest, memory.bytes());
      checked = memory.bytes();
    } else {
      requireStream(manifest, text);
    }
  }

  private void requireMemory(RevisionKey manifest, byte[] text) throws RefusedHistoryException {
    byte[] old = checked;
    ManifestLine line = new ManifestLine(manifest, text);
    int inOld = 0;
    int at = 0;
    while (at < text.length) {
      int same = Arrays.mismatch(old, inOld, old.length, text, at, text.length);
      int runEnd = startOfLine(text, at, same < 0 ? text.length : at + same);
      if (runEnd > at) {
        line.skipRun(at, startOfLine(text, at, runEnd - 1), runEnd);
        inOld += runEnd - at;
        at = runEnd;
      }
      if (at < text.length) {
        int next = line.check(at, text.length);
        while (inOld < old.length && line.comparePath(old, inOld) >= 0) {
          inOld = endOfLine(old, inOld);
        }
        at = next;
      }
    }
  }

  /** Returns where the line begins that has the byte before {@code to}; not before {@code from}. */
  private static int startOfLine(byte[] text, int from, int to) {
    int start = to;
    while (start > from && text[start - 1] != '\n') {
      start--;
    }
    return start;
  }

  private static int endOfLine(byte[] text, int from) {
    int end = from;
    while (text[end] != '\n') {
      end++;
    }
    return end + 1;
  }

  /** Reads a text in pieces of whole lines, each piece after the last line of the one before it. */
  private static void requireStream(RevisionKey manifest, RevisionText text) throws IOException {
    byte[] buffer = new byte[BUFFER];
    int filled = 0;
    int at = 0;
    ManifestLine line = new ManifestLine(manifest, buffer);
    try (InputStream in = text.open()) {
      for (int count = in.read(buffer, filled, buffer.length - filled);
          count >= 0;
          count = in.read(buffer, filled, buffer.length - filled)) {
        filled += count;
        int whole = startOfLine(buffer, at, filled);
        while (at < whole) {
          at = line.check(at, whole);
        }
        if (filled == buffer.length) {
          int kept = line.start(at);
          if (kept == 0) {
            if (buffer.length >= MAX_LINE) {
              throw ManifestLine.malformed(manifest);
            }
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
          } else {
            System.arraycopy(buffer, kept, buffer, 0, filled - kept);
          }
          line.move(buffer, kept);
          filled -= kept;
          at -= kept;
        }
      }
      if (at < filled) {
        line.check(at, filled);
      }
    }
  }

  /** Refuses a path that no repository may track, or returns it. */
  static ByteString requirePath(ByteString path) throws RefusedHistoryException {
    String fault = TrackedPath.fault(path);
    if (fault != null) {
      throw ManifestLine.unsafe("the server's response", path, fault);
    }
    return path;
  }
}
