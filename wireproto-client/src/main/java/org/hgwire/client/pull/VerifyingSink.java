// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Makes sinks that only verify. All texts wait in a temporary directory, because any of them may
 * become the base of a delta: it takes as much disk as the texts are long.
 */
public final class VerifyingSink {
  private VerifyingSink() {}

  /**
   * Returns an empty sink whose files are deleted when it is closed.
   *
   * @param directory where its temporary directory is made, or null for that of the platform
   */
  public static PullSink open(@Nullable Path directory) throws IOException {
    Path temporary =
        directory == null
            ? Files.createTempDirectory("hgwire")
            : Files.createTempDirectory(directory, "hgwire");
    return JournalSink.open(temporary, true);
  }
}
