// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.contentstore.s3;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.hgwire.core.ByteString;
import org.hgwire.redirects.HashAlgorithm;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;

/**
 * A part of a file as the body of a request that can be repeated.
 *
 * @param file the file
 * @param from the first byte
 * @param length how many bytes
 */
record FileSlice(Path file, long from, long length) {
  /** Returns the SHA-256 of the part, and adds the part to {@code whole}. */
  ByteString sha256(MessageDigest whole) throws IOException {
    MessageDigest digest = HashAlgorithm.SHA256.newDigest();
    byte[] buffer = new byte[64 * 1024];
    try (InputStream bytes = open()) {
      for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
        digest.update(buffer, 0, read);
        whole.update(buffer, 0, read);
      }
    }
    return ByteString.copyOf(digest.digest());
  }

  /** Returns the body of a request that sends the part. */
  RequestBody body(String mediaType) {
    ContentStreamProvider again =
        () -> {
          try {
            return open();
          } catch (IOException gone) {
            throw new UncheckedIOException(gone);
          }
        };
    return RequestBody.fromContentProvider(again, length, mediaType);
  }

  private InputStream open() throws IOException {
    InputStream all = Files.newInputStream(file);
    try {
      all.skipNBytes(from);
    } catch (IOException | RuntimeException failure) {
      all.close();
      throw failure;
    }
    return new Bounded(all, length);
  }

  /** The first bytes of a stream. */
  private static final class Bounded extends FilterInputStream {
    private long left;

    Bounded(InputStream all, long length) {
      super(all);
      left = length;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int read = super.read(target, offset, (int) Math.min(length, left));
      left -= Math.max(read, 0);
      return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
      long skipped = super.skip(Math.min(bytes, left));
      left -= skipped;
      return skipped;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
