// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.version1;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hgwire.server.bundle.ByteSource;
import org.hgwire.server.command.CommandException;
import org.jspecify.annotations.Nullable;

/** A source whose first bytes were read already. What fails from then on is a failure. */
final class BegunSource implements ByteSource {
  private final ByteSource source;
  private @Nullable ByteBuffer first;
  private boolean given;

  /**
   * Makes the source.
   *
   * @param first what {@code source} returned first; null if it is empty
   * @param source closed with this
   */
  BegunSource(@Nullable ByteBuffer first, ByteSource source) {
    this.source = source;
    this.first = first;
  }

  @Override
  public @Nullable ByteBuffer next() throws IOException {
    if (!given) {
      given = true;
      ByteBuffer bytes = first;
      first = null;
      return bytes;
    }
    try {
      return source.next();
    } catch (CommandException refused) {
      throw new IOException("the response was refused after it began", refused);
    }
  }

  @Override
  public void close() {
    source.close();
  }
}
