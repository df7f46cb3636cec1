// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.io.IOException;
import java.nio.file.Path;
import org.hgwire.store.RepositoryDirectory;

/**
 * Opens repositories on disk, and reads the first state of each, so that a damaged one is refused
 * at once.
 *
 * @param limits what reading one may take
 * @param exchangesMarkers whether obsolescence markers are sent to clients
 */
record StoreOpener(StoreLimits limits, boolean exchangesMarkers)
    implements OpenRepositories.Opener<StoreRepository> {
  @Override
  public StoreRepository open(RepositoryLocation location) throws IOException {
    Path root = location.directory();
    RepositoryDirectory directory =
        RepositoryDirectory.open(
            root, source -> location.sources().check(root, source.resolve("..").normalize()));
    StoreRepository repository = StoreRepository.of(directory, limits, exchangesMarkers);
    boolean done = false;
    try {
      repository.snapshot().close();
      done = true;
      return repository;
    } finally {
      if (!done) {
        repository.close();
      }
    }
  }
}
