// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.clonebundles;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.hgwire.core.ByteString;
import org.hgwire.redirects.HashAlgorithm;
import org.hgwire.redirects.contentstore.ContentDescription;
import org.hgwire.redirects.contentstore.ContentHasher;

/** Describes a bundle while it is written. */
final class BundleHashes extends FilterOutputStream {
  private static final ByteString MEDIA_TYPE = ByteString.utf8("application/octet-stream");

  /** Nobody reads a bundle in segments: one hash for each gibibyte costs nothing. */
  private static final long SEGMENT = 1L << 30;

  private final ContentHasher hasher = new ContentHasher(MEDIA_TYPE, SEGMENT);
  private final MessageDigest sha512 = HashAlgorithm.SHA512.newDigest();

  BundleHashes(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    hasher.update(ByteBuffer.wrap(bytes, offset, length));
    sha512.update(bytes, offset, length);
  }

  /** Returns the description, at the end; may be called once. */
  ContentDescription describe() {
    return hasher.describe();
  }

  /** Returns the SHA-512, at the end; may be called once. */
  ByteString sha512() {
    return ByteString.copyOf(sha512.digest());
  }
}
