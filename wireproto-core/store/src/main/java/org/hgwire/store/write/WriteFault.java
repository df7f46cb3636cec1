// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.write;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** What is thrown if a file cannot be written, such as on a full disk. */
public final class WriteFault {
  private WriteFault() {}

  /**
   * Returns an error that names the file: that of a channel, of its exact type {@link IOException},
   * says only why. Any other error is returned as it is.
   */
  public static IOException of(Path file, IOException fault) {
    if (fault.getClass() != IOException.class) {
      return fault;
    }
    FileSystemException named = new FileSystemException(file.toString(), null, fault.getMessage());
    named.initCause(fault);
    return named;
  }
}
