// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.clonebundles;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.hgwire.redirects.clonebundles.CloneBundleManifest;

/** Reads and replaces the files of a publisher: a file is the old one or the new one, complete. */
final class ManifestUpdate {
  private static final Set<PosixFilePermission> READABLE =
      PosixFilePermissions.fromString("rw-r--r--");

  private ManifestUpdate() {}

  /**
   * Returns the bytes of a file; none if it does not exist.
   *
   * @throws IOException if it cannot be read, or is too long for a manifest
   */
  static ByteString read(Path file) throws IOException {
    try {
      if (Files.size(file) > CloneBundleManifest.MAX_BYTES) {
        throw new IOException(
            file + " has more than " + CloneBundleManifest.MAX_BYTES + " bytes; is it a manifest?");
      }
      return ByteString.copyOf(Files.readAllBytes(file));
    } catch (NoSuchFileException none) {
      return ByteString.empty();
    }
  }

  /** Returns the lines of a text, with the bytes that they have. */
  static List<String> lines(ByteString text) {
    return new String(text.toByteArray(), StandardCharsets.ISO_8859_1).lines().toList();
  }

  /** Returns the text of such lines. */
  static ByteString text(List<String> lines) {
    return ByteString.copyOf(
        lines.stream()
            .map(line -> line + "\n")
            .reduce("", String::concat)
            .getBytes(StandardCharsets.ISO_8859_1));
  }

  /**
   * Replaces a file, which other users may read.
   *
   * @throws IOException if it cannot be written; then it is as it was
   */
  static void replace(Path file, ByteString content) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path next =
        Files.createTempFile(
            absolute.resolveSibling(""), "." + absolute.getFileName() + "-", ".new");
    try {
      try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = content.asByteBuffer();
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      if (next.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(next, READABLE);
      }
      Files.move(
          next, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(next);
    }
  }
}
