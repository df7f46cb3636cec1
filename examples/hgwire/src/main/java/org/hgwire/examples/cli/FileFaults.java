// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** What to print about a file that cannot be used: the file and the reason, in one line. */
final class FileFaults {
  private FileFaults() {}

  /** Returns the message of a failed operation, whose own is mostly the name of the file alone. */
  static String message(FileSystemException fault) {
    String file = fault.getFile();
    if (fault instanceof NoSuchFileException) {
      return "no such file: " + file;
    }
    if (fault instanceof FileAlreadyExistsException) {
      return file
          + (Files.isDirectory(Path.of(file))
              ? " exists already"
              : " is a file, where a directory is needed");
    }
    if (fault instanceof NotDirectoryException) {
      return file + " is not a directory";
    }
    if (fault instanceof DirectoryNotEmptyException) {
      return file + " is a directory that is not empty";
    }
    if (fault instanceof AccessDeniedException) {
      return file + ": permission denied";
    }
    return String.valueOf(fault.getMessage());
  }

  /** Returns the message of a path that the file system cannot have. */
  static String message(InvalidPathException fault) {
    return "not the path of a file: "
        + fault.getInput()
        + ": "
        + fault.getReason()
        + " (the encoding of file names is "
        + System.getProperty("sun.jnu.encoding", "unknown")
        + "; it follows LC_ALL)";
  }
}
