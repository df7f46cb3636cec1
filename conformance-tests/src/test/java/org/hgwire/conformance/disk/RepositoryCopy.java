// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.ChangesetText;
import org.hgwire.store.NodeNames;
import org.hgwire.store.ObsolescenceMarkers;
import org.hgwire.store.PhaseRoot;
import org.hgwire.store.RepositoryDirectory;
import org.hgwire.store.RevlogPath;
import org.hgwire.store.revlog.NewRevision;
import org.hgwire.store.revlog.NewRevision.KnownDelta;
import org.hgwire.store.revlog.Revlog;
import org.hgwire.store.revlog.RevlogAppender;
import org.hgwire.store.revlog.RevlogLimits;
import org.hgwire.store.write.RepositoryWriter;
import org.hgwire.store.write.StoreTransaction;
import org.jspecify.annotations.Nullable;

/** Copies a repository, revision by revision: what was read from one is written to another. */
final class RepositoryCopy {
  private static final RevlogLimits LIMITS = RevlogLimits.defaults();
  private static final Duration WAIT = Duration.ofSeconds(30);

  private final RepositoryDirectory source;
  private final boolean withDeltas;

  /** Copies from a repository; with the deltas that it has, or without. */
  RepositoryCopy(Path source, boolean withDeltas) throws IOException {
    this.source = RepositoryDirectory.open(source);
    this.withDeltas = withDeltas;
  }

  /** Copies the changesets that a repository does not have, {@code batch} in a transaction. */
  void into(RepositoryWriter target, int batch) throws IOException {
    try (Revlog changelog = Revlog.open(source.changelog(), LIMITS)) {
      int done = 0;
      while (done < changelog.count()) {
        try (StoreTransaction transaction = target.begin(WAIT)) {
          int from = 0;
          while (from < changelog.count()
              && transaction.changelog().find(changelog.node(from)) != Revlog.NONE) {
            from++;
          }
          done = Math.min(changelog.count(), from + batch);
          write(transaction, changelog, from, done);
          transaction.commit();
        }
      }
    }
  }

  /** Writes the changesets from one number to another, and everything of them. */
  private void write(StoreTransaction transaction, Revlog changelog, int from, int to)
      throws IOException {
    TreeSet<ByteString> paths = new TreeSet<>();
    int[] links = new int[to];
    for (int r = from; r < to; r++) {
      paths.addAll(ChangesetText.parse(changelog.text(r)).files());
      links[r] = transaction.changelog().count();
      append(changelog, r, links[r], transaction.changelog());
    }
    try (Revlog manifests = Revlog.open(source.manifestLog(), LIMITS)) {
      copy(manifests, transaction.manifests(), from, links);
    }
    for (ByteString path : paths) {
      RevlogPath file = source.fileLogs().find(path);
      if (file != null && Files.exists(file.index())) {
        try (Revlog log = Revlog.open(file, LIMITS);
            RevlogAppender appender = transaction.fileLog(path)) {
          copy(log, appender, from, links);
        }
      }
    }
    if (to == changelog.count()) {
      transaction.setPhaseRoots(PhaseRoot.read(source.phaseRoots()));
      transaction.setBookmarks(NodeNames.bookmarks(source.bookmarks()));
      transaction.addMarkers(markers());
    }
  }

  private List<ByteString> markers() throws IOException {
    List<ByteString> all = new ArrayList<>();
    try (ObsolescenceMarkers markers = ObsolescenceMarkers.open(source.obsolescenceMarkers())) {
      while (markers.next()) {
        all.add(markers.stored());
      }
    }
    return all;
  }

  private void copy(Revlog log, RevlogAppender target, int from, int[] links) throws IOException {
    for (int r = 0; r < log.count(); r++) {
      if (log.link(r) >= from && log.link(r) < links.length) {
        append(log, r, links[log.link(r)], target);
      }
    }
  }

  private void append(Revlog log, int revision, int link, RevlogAppender target)
      throws IOException {
    target.append(
        new NewRevision(
            log.node(revision),
            node(log, log.parent1(revision)),
            node(log, log.parent2(revision)),
            link,
            log.flags(revision),
            log.text(revision).asByteBuffer(),
            delta(log, revision)));
  }

  private @Nullable KnownDelta delta(Revlog log, int revision) throws IOException {
    int base = log.base(revision);
    if (!withDeltas || base == Revlog.NONE) {
      return null;
    }
    ByteBuffer chunk = log.chunk(revision);
    return new KnownDelta(log.node(base), chunk);
  }

  private static Node node(Revlog log, int revision) {
    return revision == Revlog.NONE ? Node.NULL : log.node(revision);
  }

  /** Copies a repository: source, target, changesets in a transaction, with deltas or not. */
  public static void main(String[] arguments) throws IOException {
    Path target = Path.of(arguments[1]);
    long start = System.nanoTime();
    try (RepositoryWriter writer =
        Files.exists(target.resolve(".hg"))
            ? RepositoryWriter.open(target, LIMITS)
            : RepositoryWriter.create(target, null, LIMITS)) {
      new RepositoryCopy(Path.of(arguments[0]), Boolean.parseBoolean(arguments[3]))
          .into(writer, Integer.parseInt(arguments[2]));
    }
    System.out.println((System.nanoTime() - start) / 1_000_000 + " ms");
  }
}
