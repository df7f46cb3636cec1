// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository.work;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Work, and then what is made of its result. */
final class FollowedWork<T, U> implements Work<U> {
  private final Work<T> first;
  private final Part<T, Work<U>> next;
  private @Nullable Work<U> second;

  FollowedWork(Work<T> first, Part<T, Work<U>> next) {
    this.first = first;
    this.next = next;
  }

  @Override
  public @Nullable U advance(Steps steps) throws IOException {
    Work<U> following = second;
    if (following == null) {
      T result = first.advance(steps);
      if (result == null) {
        return null;
      }
      following = next.of(result);
      second = following;
      first.close();
    }
    return following.advance(steps);
  }

  @Override
  public void close() throws IOException {
    Work<U> following = second;
    if (following == null) {
      first.close();
    } else {
      following.close();
    }
  }
}
