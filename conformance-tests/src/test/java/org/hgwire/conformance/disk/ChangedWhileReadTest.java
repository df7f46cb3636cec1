// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hgwire.conformance.mercurial.HgPython;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Phase;
import org.hgwire.core.revision.NodeHasher;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.FileChange;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.RevisionStore;
import org.hgwire.server.repository.StoredRevision;
import org.hgwire.server.store.StoreRepository;
import org.hgwire.store.StoreException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A repository that hg commits to, amends and strips while it is read: each view is whole and
 * right, or says that the repository was changed; what was secret from the start is in none.
 */
final class ChangedWhileReadTest {
  private static final int READERS = 3;
  private static final long SECONDS = Long.getLong("changedWhileRead.seconds", 4);
  private static final ByteString SECRET = ByteString.utf8("secret");

  @TempDir Path temporary;

  @ParameterizedTest
  @EnumSource(names = {"V5_6", "V7_0"})
  void eachViewIsConsistentOrAnError(HgVersion version) throws Exception {
    Path root = temporary.resolve("repository");
    RealHg.require(version).run(temporary, "init", root.toString());
    AtomicBoolean stopped = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(READERS);
    try (StoreRepository repository = StoreRepository.open(root);
        HgPython python = HgPython.of(RealHg.require(version), root)) {
      List<Future<Integer>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        readers.add(threads.submit(reader(repository, stopped)));
      }
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
      Random random = new Random(5);
      for (int change = 0; System.nanoTime() < end || change < 20; change++) {
        change(python, root, random, change);
      }
      stopped.set(true);
      for (Future<Integer> reader : readers) {
        assertThat(reader.get(1, TimeUnit.MINUTES)).isPositive();
      }
    } finally {
      stopped.set(true);
      threads.shutdownNow();
    }
  }

  private static void change(HgPython python, Path root, Random random, int number)
      throws IOException {
    Path file = root.resolve("f" + random.nextInt(5));
    Files.writeString(file, "line\n".repeat(random.nextInt(3000)) + number + "\n");
    switch (random.nextInt(6)) {
      case 0 -> python.hg("commit", "-q", "--amend", "-m", "amended " + number);
      case 1 -> {
        Path secret = root.resolve("secret" + number);
        Files.writeString(secret, "secret " + number);
        python.hg("commit", "-q", "-A", "-s", "-m", "secret " + number);
        python.hg("--config", "extensions.strip=", "strip", "-q", "--no-backup", "-r", ".");
        Files.deleteIfExists(secret);
      }
      case 2 -> python.hg("--config", "extensions.strip=", "strip", "-q", "-f", "-r", "tip");
      default -> python.hg("commit", "-q", "-A", "-m", "commit " + number, "-u", "test");
    }
  }

  private static Callable<Integer> reader(StoreRepository repository, AtomicBoolean stopped) {
    return () -> {
      int whole = 0;
      while (!stopped.get() || whole == 0) {
        try (RepositorySnapshot snapshot = repository.snapshot()) {
          @Nullable String fault = readAll(snapshot);
          snapshot.verify();
          assertThat(fault).as("a fault of a view that was not changed").isNull();
          whole++;
        } catch (StoreException e) {
          if (e.kind() != StoreException.Kind.CHANGED) {
            throw e;
          }
        }
      }
      return whole;
    };
  }

  /** Reads all that may be served; returns what is wrong, or null. */
  private static @Nullable String readAll(RepositorySnapshot snapshot) throws IOException {
    ChangesetIndex index = snapshot.changesets();
    RevisionStore manifests = snapshot.manifests(ByteString.empty());
    for (int r = 0; r < index.count(); r++) {
      if (index.phase(r) == Phase.SECRET || index.hidden(r)) {
        continue;
      }
      Node manifest = index.manifest(r);
      if (!isRight(index.text(r)) || (!manifest.isNull() && !isRight(manifests, manifest))) {
        return "the changeset " + r + " of " + index.count();
      }
      for (FileChange change : snapshot.changes(r)) {
        assertThat(change.path().startsWith(SECRET)).as("a secret is served").isFalse();
        Node node = change.node();
        if (node != null && !isRight(snapshot.file(change.path()), node)) {
          return "the revision " + node + " of " + change.path();
        }
      }
    }
    return null;
  }

  private static boolean isRight(@Nullable RevisionStore store, Node node) throws IOException {
    StoredRevision found = store == null ? null : store.find(node);
    return found != null && isRight(found);
  }

  private static boolean isRight(StoredRevision revision) throws IOException {
    try (InputStream text = revision.open()) {
      NodeHasher hasher = NodeHasher.of(revision.parent1(), revision.parent2());
      hasher.update(ByteString.copyOf(text.readAllBytes()).asByteBuffer());
      return hasher.finish().equals(revision.node());
    }
  }
}
