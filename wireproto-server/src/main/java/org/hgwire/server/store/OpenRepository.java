// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.hgwire.store.StoreException;

/** A place among the {@link OpenRepositories}, whose lock guards its fields. */
final class OpenRepository<R> {
  private final RepositoryLocation location;
  private final CompletableFuture<R> opened = new CompletableFuture<>();

  /** How many use the repository now, or wait for it to be opened. */
  int users;

  /** When a use ended last, in nanoseconds. */
  long lastUsed;

  OpenRepository(RepositoryLocation location) {
    this.location = location;
  }

  RepositoryLocation location() {
    return location;
  }

  /** Opens the repository; called once. */
  void open(OpenRepositories.Opener<R> opener) {
    try {
      opened.complete(opener.open(location));
    } catch (IOException | RuntimeException | Error failure) {
      opened.completeExceptionally(failure);
    }
  }

  /**
   * Returns the repository, when it is open.
   *
   * @throws IOException if it could not be opened
   */
  R repository() throws IOException {
    try {
      return opened.join();
    } catch (CompletionException failed) {
      Throwable cause = failed.getCause();
      if (cause instanceof Error error) {
        throw error;
      }
      // Of its own for each caller: an exception that several threads throw gets mixed up.
      String message = String.valueOf(cause == null ? failed : cause.getMessage());
      if (cause instanceof StoreException fault) {
        throw new StoreException(fault.kind(), message, fault);
      }
      throw new IOException(message, failed);
    }
  }
}
