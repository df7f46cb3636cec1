// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.io.IOException;
import java.nio.file.Path;
import org.hgwire.store.revlog.RevlogLimits;

/**
 * Opens repositories on disk, and reads the first state of each, so that a damaged one is refused
 * at once.
 *
 * @param limits what reading one may take
 * @param exchangesMarkers whether obsolescence markers are sent to clients
 */
record StoreOpener(RevlogLimits limits, boolean exchangesMarkers)
    implements OpenRepositories.Opener<StoreRepository> {
  @Override
  public StoreRepository open(RepositoryLocation location) throws IOException {
    StoreRepository repository =
        StoreRepository.open(location.directory(), limits, exchangesMarkers);
    boolean done = false;
    try {
      Path source = repository.directory().sharedSource();
      Path sharer = source == null ? null : source.getParent();
      if (sharer != null) {
        location.sources().check(location.directory(), sharer);
      }
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
