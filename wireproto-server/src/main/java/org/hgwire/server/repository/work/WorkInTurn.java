// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository.work;

import java.io.IOException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Work for each of some items, one after the other. */
final class WorkInTurn<S, T> implements Work<T> {
  private final Iterator<S> items;
  private final Part<S, Work<?>> part;
  private final T result;
  private @Nullable Work<?> current;

  WorkInTurn(Iterator<S> items, Part<S, Work<?>> part, T result) {
    this.items = items;
    this.part = part;
    this.result = result;
  }

  @Override
  public @Nullable T advance(Steps steps) throws IOException {
    while (true) {
      Work<?> running = current;
      if (running == null) {
        if (!items.hasNext()) {
          return result;
        }
        if (!steps.take()) {
          return null;
        }
        running = part.of(items.next());
        current = running;
      }
      if (running.advance(steps) == null) {
        return null;
      }
      current = null;
      running.close();
    }
  }

  @Override
  public void close() throws IOException {
    Work<?> running = current;
    if (running != null) {
      running.close();
    }
  }
}
