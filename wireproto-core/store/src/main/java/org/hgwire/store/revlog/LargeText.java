// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.revlog;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.hgwire.core.WireLimit;
import org.hgwire.core.encoding.ZstdLibrary;

/**
 * A text that is stored as a whole, inflated as it is read, so that its length does not matter. It
 * has exactly the length that the index says. Not safe for use by several threads.
 */
final class LargeText extends InputStream {
  private static final int MAX_WINDOW_LOG = (int) WireLimit.MAX_BUNDLE_WINDOW_LOG.defaultValue();

  private final InputStream content;
  private final int revision;
  private final RevlogFaults faults;
  private long left;

  private LargeText(InputStream content, int revision, long length, RevlogFaults faults) {
    this.content = content;
    this.revision = revision;
    this.left = length;
    this.faults = faults;
  }

  /** Opens the text of a revision that is no delta. */
  static InputStream open(
      int revision, RevisionIndex index, RevlogChunks chunks, RevlogFaults faults)
      throws IOException {
    chunks.requireKnownFlags(revision);
    PushbackInputStream stored =
        new PushbackInputStream(new ChunkStream(chunks, revision, index.storedLength(revision)));
    return new LargeText(
        content(stored, revision, faults), revision, index.textLength(revision), faults);
  }

  private static InputStream content(PushbackInputStream stored, int revision, RevlogFaults faults)
      throws IOException {
    int first = stored.read();
    if (first < 0 || first == ChunkInflater.RAW) {
      return stored;
    }
    stored.unread(first);
    return switch (first) {
      case ChunkInflater.WHOLE -> stored;
      case ChunkInflater.ZLIB -> new InflaterInputStream(stored);
      case ChunkInflater.ZSTD -> {
        if (ZstdLibrary.problem().isPresent()) {
          throw faults.unsupported(revision, ZstdLibrary.problem().get());
        }
        yield new ZstdInputStreamNoFinalizer(stored).setLongMax(MAX_WINDOW_LOG);
      }
      default -> throw ChunkInflater.unknown(revision, (byte) first, faults);
    };
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int wanted) throws IOException {
    if (wanted == 0) {
      return 0;
    }
    try {
      int count = content.read(bytes, offset, wanted);
      if (count > left || (count < 0 && left > 0)) {
        throw faults.damaged(
            revision, "its text is " + (count < 0 ? "shorter" : "longer") + " than its entry says");
      }
      left -= Math.max(count, 0);
      return count;
    } catch (ZipException | ZstdIOException | EOFException e) {
      throw faults.damaged(revision, "its chunk is malformed", e);
    }
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
