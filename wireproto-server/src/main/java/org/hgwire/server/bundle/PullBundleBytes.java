// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.hgwire.server.repository.PullBundle;
import org.jspecify.annotations.Nullable;

/** The bytes of a stored bundle, as many as it had when it was checked. */
final class PullBundleBytes implements ByteSource {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final PullBundle bundle;
  private final InputStream input;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private long left;

  private PullBundleBytes(PullBundle bundle, InputStream input) {
    this.bundle = bundle;
    this.input = input;
    this.left = bundle.size();
  }

  /** Opens a bundle. */
  static PullBundleBytes open(PullBundle bundle) throws IOException {
    return new PullBundleBytes(bundle, bundle.open());
  }

  @Override
  public boolean isSentUnchanged() {
    return true;
  }

  @Override
  public @Nullable ByteBuffer next() throws IOException {
    if (left == 0) {
      return null;
    }
    int read = input.read(buffer, 0, (int) Math.min(buffer.length, left));
    if (read <= 0) {
      throw new IOException("the bundle " + bundle + " became shorter while it was sent");
    }
    left -= read;
    return ByteBuffer.wrap(buffer, 0, read);
  }

  @Override
  public void close() {
    try {
      input.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
