// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.disk;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Random;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.server.AccessControl;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.netty.HgWireServer;
import org.hgwire.server.repository.Repository;
import org.hgwire.server.repository.memory.MemoryRepository;

/**
 * A server with a small history, in which one text is longer than the buffers of those who write.
 */
final class ServedHistory implements AutoCloseable {
  private static final int CHANGESETS = 8;
  private static final int LONG = 300_000;

  private final HgWireServer server;

  /** Serves {@link #repository()}. */
  ServedHistory() throws IOException {
    this(repository());
  }

  /** Serves a repository. */
  ServedHistory(Repository repository) throws IOException {
    ServerOptions options =
        ServerOptions.builder(RepositoryResolver.atRoot(repository))
            .accessControl(AccessControl.open())
            .build();
    server = HgWireServer.builder(options).grace(Duration.ofMillis(100)).start();
  }

  /** Returns the history. */
  static MemoryRepository repository() throws IOException {
    MemoryRepository repository = MemoryRepository.publishing();
    byte[] random = new byte[LONG];
    new Random(1).nextBytes(random);
    for (int i = 0; i < CHANGESETS; i++) {
      var commit = repository.commit().message("changeset " + i).write("small", "text " + i);
      if (i == 3) {
        commit.write("long", ByteString.copyOf(random).hex());
      }
      commit.commit();
    }
    repository.bookmark("mark", repository.tip());
    return repository;
  }

  /** Returns a history of short texts with a branch, a merge and a bookmark. */
  static MemoryRepository shortRepository() throws IOException {
    MemoryRepository repository = MemoryRepository.nonPublishing();
    Node root =
        repository.commit().message("root").write("a", "one").write("dir/b", "two").commit();
    Node left = repository.commit().parent(root).message("left").write("a", "changed").commit();
    Node right = repository.commit().parent(root).message("right").write("c", "three").commit();
    repository.commit().parents(left, right).message("merge").write("dir/b", "merged").commit();
    repository.bookmark("mark", left);
    return repository;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.port() + "/");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
