// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.RevisionText;
import org.hgwire.core.command.Node;

/**
 * A cursor over the lines of a manifest as they are read, which does not parse them. The lines of a
 * valid manifest ascend as whole lines too, because the NUL that ends a path is less than any byte
 * of a path. Starts before the first line.
 */
final class ManifestLines implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;

  /** Not a WireLimit: far longer than a path in any file system. */
  private static final int MAX_LINE = 1024 * 1024;

  private final InputStream in;
  private byte[] buffer = new byte[BUFFER];
  private int start;
  private int end;
  private int filled;

  ManifestLines(InputStream in) {
    this.in = in;
  }

  /** Returns the lines of a manifest in {@code sink}; the null node has none. */
  static ManifestLines of(PullSink sink, Node manifest) throws IOException {
    if (manifest.isNull()) {
      return new ManifestLines(InputStream.nullInputStream());
    }
    RevisionText text = sink.open(RevisionKey.manifest(manifest));
    if (text == null) {
      throw new IOException("the sink does not have the manifest " + manifest);
    }
    return new ManifestLines(text.open());
  }

  /** Moves to the next line, with its line feed, and returns true; or returns false at the end. */
  boolean next() throws IOException {
    start = end;
    int scanned = start;
    while (true) {
      for (int i = scanned; i < filled; i++) {
        if (buffer[i] == '\n') {
          end = i + 1;
          return true;
        }
      }
      int held = filled - start;
      makeRoom();
      scanned = start + held;
      int count = in.read(buffer, filled, buffer.length - filled);
      if (count < 0) {
        end = filled;
        return end > start;
      }
      filled += count;
    }
  }

  /** Moves the incomplete line to the front; enlarges the buffer if that is not enough. */
  private void makeRoom() throws IOException {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, filled - start);
      filled -= start;
      start = 0;
    } else if (filled == buffer.length) {
      if (filled >= MAX_LINE) {
        throw RevisionReceiver.invalid("a line of a manifest is longer than any path");
      }
      buffer = Arrays.copyOf(buffer, 2 * filled);
    }
  }

  /** Compares the line with that of {@code other} by their bytes, unsigned. */
  int compareLine(ManifestLines other) {
    return Arrays.compareUnsigned(buffer, start, end, other.buffer, other.start, other.end);
  }

  /** Returns whether the line has the same path as that of {@code other}. */
  boolean hasPathOf(ManifestLines other) {
    return Arrays.equals(buffer, start, pathEnd(), other.buffer, other.start, other.pathEnd());
  }

  private int pathEnd() {
    int i = start;
    while (i < end && buffer[i] != 0) {
      i++;
    }
    return i;
  }

  /** Returns the line; valid until the next call of {@link #next}. */
  ByteBuffer line() {
    return ByteBuffer.wrap(buffer, start, end - start);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
