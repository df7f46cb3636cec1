// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * The one result of a command of a {@link Batch}: a future that needs no thread: the thread that
 * waits reads the response. Safe for use by several threads.
 *
 * @param <T> the type of the result
 */
public interface CommandResult<T> {
  /**
   * Waits for the result. Later calls return or throw the same.
   *
   * @throws IllegalStateException if the batch was not sent
   */
  T await() throws PeerException;

  /** Returns a future that {@code executor} completes by waiting for the result. */
  default CompletableFuture<T> toFuture(Executor executor) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return await();
          } catch (PeerException e) {
            throw new CompletionException(e);
          }
        },
        executor);
  }
}
