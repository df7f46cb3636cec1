// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.hgwire.client.RefusedHistoryException;
import org.hgwire.client.sink.MemoryText;
import org.hgwire.client.sink.RevisionDelta;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.RevisionText;
import org.hgwire.core.ByteString;
import org.hgwire.core.revision.TrackedPath;
import org.jspecify.annotations.Nullable;

/**
 * Checks manifests before a sink gets them: the form of their lines, that their paths ascend and
 * none is there twice, that each is a {@link TrackedPath}, and that none is a directory.
 *
 * <p>Theory of operation: a manifest shares nearly all of its lines with the one that it was sent
 * as a delta against, or that came before it, which was checked. So if both are in memory, only the
 * lines between runs of equal bytes are looked at, and the first line of a run is compared with the
 * one before it. What these lines name, and the other manifest does not, the batch gets to know.
 * For the manifests of one batch; for one thread.
 */
final class ManifestCheck {
  private static final int BUFFER = 64 * 1024;

  /** Not a WireLimit: far longer than a path in any file system. */
  private static final int MAX_LINE = 1024 * 1024;

  private static final byte[] NOTHING = new byte[0];

  private final BatchManifests batch;

  /** The manifest that was checked last, if it is in memory; never changed. */
  private @Nullable MemoryText checked;

  private int checkedNumber;

  ManifestCheck(BatchManifests batch) {
    this.batch = batch;
  }

  /**
   * Checks a manifest, and notes in the batch that it was received.
   *
   * @throws org.hgwire.client.PeerProtocolException if no changeset of the batch names it
   * @throws RefusedHistoryException naming it, and the path
   */
  void require(RevisionKey manifest, ResolvedText resolved) throws IOException {
    int number = batch.number(manifest.node());
    if (number < 0) {
      throw RevisionReceiver.invalid("it contains the " + manifest + ", which was not requested");
    }
    if (resolved.text() instanceof MemoryText memory) {
      MemoryText old = comparable(resolved, number);
      requireMemory(manifest, memory.bytes(), old, number);
      batch.received(number, old != null);
      checked = memory;
      checkedNumber = number;
    } else {
      requireStream(manifest, resolved.text());
      batch.received(number, false);
    }
  }

  /**
   * Returns a manifest of the batch that was checked, or null if there is none in memory. It is of
   * an earlier changeset: so what both have was named by that one, or by one before it.
   */
  private @Nullable MemoryText comparable(ResolvedText resolved, int number) {
    RevisionDelta delta = resolved.delta();
    MemoryText base = resolved.base();
    if (delta != null && base != null && batch.isReceivedBefore(delta.base(), number)) {
      return base;
    }
    return checkedNumber < number ? checked : null;
  }

  /** Checks the lines that are not in {@code other}, and notes them if there is such a one. */
  private void requireMemory(
      RevisionKey manifest, byte[] text, @Nullable MemoryText other, int number)
      throws RefusedHistoryException {
    byte[] old = other == null ? NOTHING : other.bytes();
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
        while (inOld < old.length && line.comparePath(old, inOld) > 0) {
          inOld = endOfLine(old, inOld);
        }
        boolean hasPath = inOld < old.length && line.comparePath(old, inOld) == 0;
        int nextInOld = hasPath ? endOfLine(old, inOld) : inOld;
        if (other != null && !(hasPath && Arrays.equals(old, inOld, nextInOld, text, at, next))) {
          batch.named(line.path(), line.node(), number);
        }
        inOld = nextInOld;
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
