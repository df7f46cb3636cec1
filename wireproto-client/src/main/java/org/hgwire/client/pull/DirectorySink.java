// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.nio.file.Path;

/** Makes sinks that keep what they get in a directory, so that a later pull goes on from there. */
public final class DirectorySink {
  private DirectorySink() {}

  /** Returns the sink of {@code directory}, which is made if it does not exist. */
  public static PullSink open(Path directory) throws IOException {
    throw new UnsupportedOperationException();
  }
}
