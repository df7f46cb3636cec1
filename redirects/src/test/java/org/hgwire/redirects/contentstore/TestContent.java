// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.contentstore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.hgwire.core.ByteString;

/** Content for tests. */
final class TestContent {
  private TestContent() {}

  static byte[] bytes(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static ContentDescription describe(byte[] bytes) {
    ContentHasher hasher = new ContentHasher(ByteString.utf8("application/x"), 1 << 16);
    hasher.update(ByteBuffer.wrap(bytes));
    return hasher.describe();
  }

  static Path file(Path directory, byte[] bytes) throws IOException {
    return Files.write(Files.createTempFile(directory, "given", ""), bytes);
  }
}
