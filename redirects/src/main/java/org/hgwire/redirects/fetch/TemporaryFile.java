// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.fetch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Temporary files that do not outlive their process, however it ends: on POSIX systems the file has
 * no name any more when {@link #open} returns, and Windows deletes it with its last handle.
 */
public final class TemporaryFile {
  private static final Set<OpenOption> OPTIONS =
      Set.of(
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          StandardOpenOption.DELETE_ON_CLOSE);

  private static final SecureRandom RANDOM = new SecureRandom();

  private TemporaryFile() {}

  /**
   * Creates an empty file that only the user of this process can read; its room is free again when
   * the channel is closed.
   *
   * @param directory where to create it; null for the platform's directory for temporary files
   * @return the file, open for reading and writing; belongs to the caller
   * @throws IOException if it cannot be created
   */
  public static FileChannel open(@Nullable Path directory) throws IOException {
    Path parent = directory == null ? Path.of(System.getProperty("java.io.tmpdir")) : directory;
    FileAttribute<?>[] attributes =
        parent.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    while (true) {
      try {
        return FileChannel.open(parent.resolve(newName()), OPTIONS, attributes);
      } catch (FileAlreadyExistsException e) {
        // Another name is tried.
      } catch (IOException e) {
        throw new IOException(
            "No temporary file can be created in "
                + parent
                + " ("
                + e.getClass().getSimpleName()
                + "); name another directory for temporary files.",
            e);
      }
    }
  }

  private static String newName() {
    byte[] name = new byte[8];
    RANDOM.nextBytes(name);
    return "hgwire" + HexFormat.of().formatHex(name) + ".tmp";
  }
}
