// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.hgwire.core.ByteString;
import org.hgwire.server.repository.Repository;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.hgwire.store.StoreException;

/** Opens a repository in memory wherever there is a {@code .hg}, and counts what is open. */
final class FakeDisk implements OpenRepositories.Opener<FakeDisk.Opened> {
  /** What was opened, in order, by the name of its directory. */
  final List<String> openings = Collections.synchronizedList(new ArrayList<>());

  final AtomicInteger open = new AtomicInteger();
  final AtomicInteger maxOpen = new AtomicInteger();
  volatile Runnable whileOpening = () -> {};

  @Override
  public Opened open(RepositoryLocation location) throws IOException {
    String name = String.valueOf(location.directory().getFileName());
    openings.add(name);
    whileOpening.run();
    Path hg = location.directory().resolve(".hg");
    if (Files.exists(hg.resolve("damaged"))) {
      throw new StoreException(StoreException.Kind.DAMAGED, hg + "/00changelog.i is cut");
    }
    if (Files.exists(hg.resolve("empty"))) {
      throw new StoreException(StoreException.Kind.NOT_A_REPOSITORY, hg + " has no requires");
    }
    Path share = hg.resolve("sharedpath");
    if (Files.exists(share)) {
      location.sources().check(location.directory(), Path.of(Files.readString(share)));
    }
    maxOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
    return new Opened(name);
  }

  /** A repository that fails when it is used after it was closed. */
  final class Opened implements Repository, Closeable {
    private final String name;
    private final MemoryRepository repository = MemoryRepository.publishing();
    private volatile boolean closed;

    private Opened(String name) {
      this.name = name;
    }

    @Override
    public RepositorySnapshot snapshot() throws IOException {
      if (closed) {
        throw new IllegalStateException(name + " is closed");
      }
      return repository.snapshot();
    }

    @Override
    public ByteString id() {
      return ByteString.utf8(name);
    }

    @Override
    public void close() {
      if (closed) {
        throw new IllegalStateException(name + " is closed twice");
      }
      closed = true;
      open.decrementAndGet();
    }
  }
}
