// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.write;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** The two locks that who writes takes, in this order: of the working directory, of the store. */
final class StoreLocks implements Closeable {
  private final StoreLock working;
  private final StoreLock store;

  private StoreLocks(StoreLock working, StoreLock store) {
    this.working = working;
    this.store = store;
  }

  /**
   * Takes both.
   *
   * @param hg the {@code .hg} of the repository
   * @param wait how long to wait for others
   * @throws org.hgwire.store.StoreException of kind LOCKED if others hold them longer
   */
  static StoreLocks acquire(Path hg, Duration wait) throws IOException {
    long deadline = StoreLock.deadline(wait);
    StoreLock working = StoreLock.acquire(hg.resolve("wlock"), deadline);
    try {
      return new StoreLocks(working, StoreLock.acquire(hg.resolve("store/lock"), deadline));
    } catch (IOException | RuntimeException e) {
      working.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      store.close();
    } finally {
      working.close();
    }
  }
}
