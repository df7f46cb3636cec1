// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.hgwire.client.sink.RevisionText;
import org.jspecify.annotations.Nullable;

/**
 * A text in a temporary file that only its owner can read, deleted on close.
 *
 * @param path the file
 * @param length its length in bytes
 */
record SpilledText(Path path, long length) implements RevisionText, AutoCloseable {
  /** Returns the path of a new empty file in {@code directory}, or in that of the platform. */
  static Path newFile(@Nullable Path directory) throws IOException {
    return directory == null
        ? Files.createTempFile("hgwire", ".text")
        : Files.createTempFile(directory, "hgwire", ".text");
  }

  @Override
  public InputStream open() throws IOException {
    return Files.newInputStream(path);
  }

  /** Returns the bytes, mapped. */
  MappedByteBuffer map() throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, length);
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(path);
  }
}
