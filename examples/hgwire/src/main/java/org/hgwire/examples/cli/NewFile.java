// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A file that has its name when it is complete: until {@link #complete} it has another one beside
 * it, and is deleted when this is closed, or when the process is stopped.
 */
final class NewFile extends FilterOutputStream {
  private static final int BUFFER = 64 * 1024;

  private final Path file;
  private final Path unfinished;
  private final Thread deletion;

  private NewFile(Path file, Path unfinished) throws IOException {
    super(new BufferedOutputStream(Files.newOutputStream(unfinished), BUFFER));
    this.file = file;
    this.unfinished = unfinished;
    this.deletion = new Thread(this::delete, "hgwire-delete");
    Runtime.getRuntime().addShutdownHook(deletion);
  }

  /** Begins a file. */
  static NewFile create(Path file) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path unfinished =
        Files.createTempFile(
            absolute.resolveSibling(""), "." + absolute.getFileName() + "-", ".unfinished");
    return new NewFile(absolute, unfinished);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
  }

  /** Gives the file its name; an existing one is replaced. */
  void complete() throws IOException {
    out.close();
    if (unfinished.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rw-r--r--"));
    }
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void delete() {
    try {
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      unfinished.toFile().deleteOnExit();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      out.close();
    } finally {
      delete();
      removeHook();
    }
  }

  private void removeHook() {
    try {
      Runtime.getRuntime().removeShutdownHook(deletion);
    } catch (IllegalStateException stopping) {
      // The hook runs, or has run.
    }
  }
}
