// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.interop;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgServe;
import org.hgwire.server.store.StoreRepository;

/** One repository on disk behind our server and behind that of a real hg. */
public final class BothServers implements AutoCloseable {
  private final StoreRepository repository;
  private final OurServer ours;
  private final HgServe theirs;

  private BothServers(StoreRepository repository, OurServer ours, HgServe theirs) {
    this.repository = repository;
    this.ours = ours;
    this.theirs = theirs;
  }

  /** Serves {@code source}, with {@code hg} that gets {@code options}. */
  public static BothServers start(Path source, Hg hg, List<String> options) throws IOException {
    StoreRepository repository = StoreRepository.open(source);
    OurServer ours = OurServer.of(repository);
    return new BothServers(repository, ours, HgServe.start(hg, source, options));
  }

  /** Returns the URL of our server. */
  public URI ours() {
    return ours.url();
  }

  /** Returns the URL of hg's server. */
  public URI theirs() {
    return theirs.url();
  }

  @Override
  public void close() throws IOException {
    theirs.close();
    ours.close();
    repository.close();
  }
}
