// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes sinks that only verify: what deltas need waits in a temporary directory. */
public final class VerifyingSink {
  private VerifyingSink() {}

  /**
   * Returns an empty sink whose files are deleted when it is closed.
   *
   * @param directory where its temporary directory is made, or null for that of the platform
   */
  public static PullSink open(@Nullable Path directory) throws IOException {
    throw new UnsupportedOperationException();
  }
}
