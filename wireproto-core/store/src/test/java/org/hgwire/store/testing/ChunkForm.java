// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.testing;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.DeflaterOutputStream;
import org.hgwire.core.ByteString;

/** The forms of a chunk (revlogs, Revision Entries). */
public enum ChunkForm {
  /** As it is, without a header: empty, or beginning with a zero byte. Others become RAW. */
  WHOLE,
  /** After the byte {@code u}. */
  RAW,
  /** A stream of zlib. */
  ZLIB,
  /** A frame of zstd that says how long the content is. */
  ZSTD,
  /** A frame of zstd that does not say it. */
  UNSIZED_ZSTD;

  /** Returns the chunk of a text or a delta. */
  public ByteString encode(ByteString content) {
    byte[] bytes = content.toByteArray();
    return switch (this) {
      case WHOLE -> bytes.length == 0 || bytes[0] == 0 ? content : RAW.encode(content);
      case RAW -> with(bytes, output -> output, 'u');
      case ZLIB -> with(bytes, DeflaterOutputStream::new);
      case ZSTD -> ByteString.copyOf(Zstd.compress(bytes));
      case UNSIZED_ZSTD -> with(bytes, ZstdOutputStreamNoFinalizer::new);
    };
  }

  private interface Compression {
    OutputStream over(OutputStream output) throws IOException;
  }

  private static ByteString with(byte[] bytes, Compression compression, int... before) {
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    for (int each : before) {
      chunk.write(each);
    }
    try (OutputStream output = compression.over(chunk)) {
      output.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ByteString.copyOf(chunk.toByteArray());
  }
}
