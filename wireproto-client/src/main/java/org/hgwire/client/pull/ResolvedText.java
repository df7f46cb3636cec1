// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import org.hgwire.client.sink.MemoryText;
import org.hgwire.client.sink.RevisionDelta;
import org.hgwire.client.sink.RevisionText;
import org.jspecify.annotations.Nullable;

/**
 * A verified text, or a substitute; closed when it was passed on.
 *
 * @param text the text
 * @param delta the delta that made it, or null if it came whole or its delta is not in memory
 * @param base the text that {@code delta} is against, or null if it is not in memory
 */
record ResolvedText(RevisionText text, @Nullable RevisionDelta delta, @Nullable MemoryText base)
    implements AutoCloseable {
  /** Makes one of a text that came whole, or whose delta is not in memory. */
  ResolvedText(RevisionText text) {
    this(text, null, null);
  }

  /** Frees what the text holds. */
  @Override
  public void close() throws IOException {
    if (text instanceof SpilledText spilled) {
      spilled.close();
    }
  }
}
