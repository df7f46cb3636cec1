// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.clonebundles;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.redirects.clonebundles.Bundlespec;
import org.hgwire.redirects.clonebundles.CloneBundleEntry;
import org.hgwire.redirects.contentstore.ContentStore;
import org.hgwire.server.clonebundles.PublicationReport.Cause;
import org.hgwire.server.repository.Repository;
import org.hgwire.server.repository.RepositorySnapshot;

/**
 * Keeps a repository's clone bundles up to date: makes them when the last ones have become too old,
 * puts them into a content store, checks them, lists them in the manifest, and deletes older ones
 * that no longer are in it.
 *
 * <p>The manifest is written last, by a rename: it lists what clients can get, at every moment. If
 * anything fails, it is as it was. Lines of it that somebody else wrote stay, after those of the
 * new bundles. What was put into the store, and when it was replaced, is in a file beside the
 * manifest, named like it with {@code .state}; without that file, bundles are made again and older
 * ones are not deleted. Each manifest needs a place of its own in the store: a directory, or a
 * prefix.
 *
 * <p>Safe for use by several threads and processes: one publishes to a manifest at a time.
 */
public final class CloneBundlePublisher {
  private final ContentStore store;
  private final BundleUpload upload;
  private final Path manifest;
  private final Path stateFile;
  private final List<Bundlespec> types;
  private final RenewalRule rule;
  private final Duration grace;
  private final InstantSource clock;

  CloneBundlePublisher(CloneBundlePublisherBuilder settings) {
    this.store = settings.store;
    this.upload =
        new BundleUpload(settings.store, settings.maker, settings.check, settings.temporary);
    this.manifest = settings.manifest.toAbsolutePath();
    this.stateFile = beside(".state");
    this.types = settings.types;
    this.rule = settings.rule;
    this.grace = settings.grace;
    this.clock = settings.clock;
  }

  /**
   * Returns a builder.
   *
   * @param store where bundles are put; its URLs must not expire. The caller closes it
   * @param manifest the file of the manifest, which need not exist yet
   */
  public static CloneBundlePublisherBuilder builder(ContentStore store, Path manifest) {
    return new CloneBundlePublisherBuilder(store, manifest);
  }

  private Path beside(String suffix) {
    return manifest.resolveSibling(manifest.getFileName() + suffix);
  }

  /**
   * Publishes bundles of a repository, if that is necessary.
   *
   * @throws IOException if that fails: the manifest is as it was
   */
  public PublicationReport publish(Repository repository) throws IOException {
    try (FileChannel channel =
            FileChannel.open(beside(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        RepositorySnapshot snapshot = repository.snapshot()) {
      lock(channel);
      return publish(repository, BundleCoverage.of(snapshot));
    }
  }

  private void lock(FileChannel channel) throws IOException {
    try {
      if (channel.tryLock() != null) {
        return;
      }
    } catch (OverlappingFileLockException inThisProcess) {
      // refused below
    }
    throw new IOException("bundles are being published to " + manifest + " already; wait for that");
  }

  private PublicationReport publish(Repository repository, BundleCoverage coverage)
      throws IOException {
    PublicationState state = readState();
    Cause cause = cause(coverage, state);
    int covered = Math.max(0, coverage.countBelow(state.heads()));
    List<CloneBundleEntry> entries = List.of();
    int deleted = 0;
    if (cause != Cause.CURRENT && cause != Cause.EMPTY) {
      List<StoredBundle> before = state.bundles();
      entries = replace(repository, coverage.heads());
      covered = coverage.count();
      if (cause == Cause.WITHDRAWN) {
        deleted = delete(before);
      }
    }
    deleted += delete(expired());
    return new PublicationReport(cause, coverage.count(), covered, entries, deleted);
  }

  private Cause cause(BundleCoverage coverage, PublicationState state) throws IOException {
    List<StoredBundle> bundles = state.bundles();
    int covered = coverage.countBelow(state.heads());
    if (covered < 0 && !bundles.isEmpty()) {
      return Cause.WITHDRAWN;
    }
    if (coverage.count() == 0) {
      return Cause.EMPTY;
    }
    String listed = ManifestUpdate.read(manifest).utf8();
    if (bundles.isEmpty() || !bundles.stream().allMatch(each -> each.isIn(listed))) {
      return Cause.FIRST;
    }
    List<String> wanted = types.stream().map(Bundlespec::toString).toList();
    return bundles.stream().map(StoredBundle::type).toList().equals(wanted)
            && rule.keeps(covered, coverage.count())
        ? Cause.CURRENT
        : Cause.OUTDATED;
  }

  /** Publishes bundles in place of the current ones; none if there is no head. */
  private List<CloneBundleEntry> replace(Repository repository, List<Node> heads)
      throws IOException {
    List<StoredBundle> bundles = new ArrayList<>();
    List<CloneBundleEntry> entries = new ArrayList<>();
    for (Bundlespec type : heads.isEmpty() ? List.<Bundlespec>of() : types) {
      BundleUpload.Uploaded uploaded =
          upload.run(
              repository,
              heads,
              type,
              // What is put and never listed is deleted some day.
              bundle -> writeState(readState().retiring(List.of(bundle), clock.instant())));
      bundles.add(uploaded.bundle());
      entries.add(uploaded.bundle().entry(uploaded.url()));
    }
    PublicationState state = readState();
    List<String> lines = new ArrayList<>();
    entries.forEach(entry -> lines.add(entry.print()));
    for (String line : ManifestUpdate.lines(ManifestUpdate.read(manifest))) {
      if (!state.owns(line)) {
        lines.add(line);
      }
    }
    ManifestUpdate.replace(manifest, ManifestUpdate.text(lines));
    writeState(state.replacedBy(heads, bundles, clock.instant()));
    return entries;
  }

  private List<StoredBundle> expired() throws IOException {
    Instant limit = clock.instant().minus(grace);
    return readState().retired().stream()
        .filter(each -> !each.since().isAfter(limit))
        .map(RetiredBundle::bundle)
        .toList();
  }

  /** Deletes bundles, except for those that the manifest lists, and returns how many. */
  private int delete(List<StoredBundle> bundles) throws IOException {
    String listed = ManifestUpdate.read(manifest).utf8();
    List<StoredBundle> deleted = new ArrayList<>();
    for (StoredBundle each : bundles) {
      if (!each.isIn(listed) && store.delete(each.sha256())) {
        deleted.add(each);
      }
    }
    if (!deleted.isEmpty()) {
      writeState(readState().without(deleted));
    }
    return deleted.size();
  }

  private PublicationState readState() throws IOException {
    ByteString text = ManifestUpdate.read(stateFile);
    PublicationState state = text.isEmpty() ? PublicationState.EMPTY : PublicationState.parse(text);
    if (state == null) {
      throw new IOException(
          stateFile + " is not what was written there; delete it, and bundles are made again");
    }
    return state;
  }

  private void writeState(PublicationState state) throws IOException {
    ManifestUpdate.replace(stateFile, state.print());
  }
}
