// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.store.NodeNames;
import org.hgwire.store.ObsolescenceMarkers;
import org.hgwire.store.PhaseRoot;
import org.hgwire.store.RepositoryDirectory;
import org.hgwire.store.StoreException;
import org.hgwire.store.revlog.Revlog;
import org.hgwire.store.revlog.RevlogLimits;
import org.hgwire.store.verify.RepositoryVerification;
import org.hgwire.store.verify.VerificationListener;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a repository on disk has, whatever the order in which it came.
 *
 * @param changesets the nodes of the changesets
 * @param revisions the node, parents and linknode of each revision of each revlog
 * @param phases the roots of phases
 * @param bookmarks the bookmarks
 * @param markers the obsolescence markers
 */
record RepositoryContents(
    Set<String> changesets,
    Set<String> revisions,
    Set<String> phases,
    Map<ByteString, Node> bookmarks,
    Set<String> markers) {
  private static final RevlogLimits LIMITS = RevlogLimits.defaults();

  /** Reads a repository. */
  static RepositoryContents read(Path root) throws IOException {
    RepositoryDirectory directory = RepositoryDirectory.open(root);
    Set<String> changesets = new TreeSet<>();
    Set<String> revisions = new TreeSet<>();
    Set<String> phases = new TreeSet<>();
    Set<String> markers = new TreeSet<>();
    if (Files.exists(directory.changelog())) {
      try (Revlog changelog = Revlog.open(directory.changelog(), LIMITS)) {
        for (int i = 0; i < changelog.count(); i++) {
          changesets.add(changelog.node(i).hex());
        }
        for (Path index : indexes(directory.store())) {
          add(directory.store().relativize(index).toString(), index, changelog, revisions);
        }
      }
    }
    for (PhaseRoot phase : PhaseRoot.read(directory.phaseRoots())) {
      phases.add(phase.phase() + " " + phase.node());
    }
    try (ObsolescenceMarkers all = ObsolescenceMarkers.open(directory.obsolescenceMarkers())) {
      while (all.next()) {
        markers.add(all.stored().hex());
      }
    }
    return new RepositoryContents(
        changesets, revisions, phases, NodeNames.bookmarks(directory.bookmarks()), markers);
  }

  private static List<Path> indexes(Path store) throws IOException {
    try (Stream<Path> files = Files.walk(store)) {
      return files.filter(file -> file.toString().endsWith(".i")).sorted().toList();
    }
  }

  private static void add(String name, Path index, Revlog changelog, Set<String> revisions)
      throws IOException {
    try (Revlog log = Revlog.open(index, LIMITS)) {
      for (int r = 0; r < log.count(); r++) {
        String line =
            String.join(
                " ",
                name,
                log.node(r).hex(),
                node(log, log.parent1(r)),
                node(log, log.parent2(r)),
                node(changelog, log.link(r)));
        assertThat(revisions.add(line)).as(line).isTrue();
      }
    }
  }

  private static String node(Revlog log, int revision) {
    return revision == Revlog.NONE ? "-" : log.node(revision).hex();
  }

  /**
   * Checks that a repository is sound: that nothing is damaged or without a changeset, no
   * transaction is open, and nobody has a lock.
   */
  static void requireSound(Path root) throws IOException {
    requireVerified(root);
    RepositoryDirectory directory = RepositoryDirectory.open(root);
    assertThat(names(directory.hg())).doesNotContain("wlock");
    assertThat(names(directory.store()))
        .noneMatch(name -> name.equals("lock") || name.startsWith("journal"));
  }

  /** Checks that nothing is damaged or without a changeset, and no transaction is open. */
  static void requireVerified(Path root) throws IOException {
    RepositoryDirectory directory = RepositoryDirectory.open(root);
    List<String> found = new ArrayList<>();
    RepositoryVerification.run(
        directory,
        LIMITS,
        1,
        new VerificationListener() {
          @Override
          public void damaged(StoreException fault) {
            found.add(String.valueOf(fault.getMessage()));
          }

          @Override
          public void warned(String message) {
            found.add(message);
          }
        });
    assertThat(found).isEmpty();
    assertThat(directory.isInTransaction()).isFalse();
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(RepositoryContents::name).toList();
    }
  }

  private static String name(@Nullable Path file) {
    return file == null ? "" : String.valueOf(file.getFileName());
  }
}
