// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.server.command.CommandException;
import org.hgwire.server.command.CommandSettings;
import org.hgwire.server.repository.Repository;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.graph.ChangesetGraph;
import org.hgwire.server.repository.work.Steps;
import org.hgwire.server.repository.work.Work;
import org.jspecify.annotations.Nullable;

/**
 * A bundle of a repository, made as it is read, or a stored one.
 *
 * <p>In memory are some bits for each changeset of the repository, the paths of the files that the
 * bundle has, some 100 KiB of what is written, and two texts while a delta is made: stored deltas
 * are sent as they are where the receiver has their base, and texts above {@link
 * CommandSettings#maxDeltaText()} are streamed.
 */
public final class BundleSource implements ByteSource {
  private final RepositorySnapshot snapshot;
  private final Steps steps;
  private final BundleOutput output = new BundleOutput();
  private final Work<Boolean> work;
  private @Nullable BundleWriter writer;
  private @Nullable PullBundleBytes stored;
  private boolean ended;
  private boolean closed;

  private BundleSource(
      RepositorySnapshot snapshot,
      BundleRequest request,
      CommandSettings settings,
      WireLimits limits,
      @Nullable PullBundleOffer offer) {
    this.snapshot = snapshot;
    long max = limits.of(WireLimit.MAX_EXAMINED_ENTRIES);
    this.steps = new Steps(max, () -> exceeded(max));
    this.work =
        Work.done(snapshot)
            .then(ChangesetGraph::of)
            .then(
                graph ->
                    Outgoing.find(graph, request)
                        .then(
                            outgoing ->
                                search(graph, outgoing, request, offer)
                                    .then(
                                        found ->
                                            sends(found)
                                                ? Work.done(true)
                                                : write(graph, outgoing, request, settings))));
  }

  /**
   * Opens a view of a repository and returns the bundle of it, which the caller closes. Nothing is
   * read before its first byte.
   *
   * <p>{@link #next} throws {@link CommandException} if the receiver has to be told that what it
   * requests does not exist, before the first byte, or that it takes more work or memory than is
   * allowed.
   *
   * @param settings how many files and revisions may be held in memory, and the longest text for
   *     which a delta is made
   * @param limits how much may be looked at
   * @throws IOException if the repository cannot be read
   */
  public static BundleSource open(
      Repository repository, BundleRequest request, CommandSettings settings, WireLimits limits)
      throws IOException {
    return new BundleSource(repository.snapshot(), request, settings, limits, null);
  }

  /**
   * Opens a view of a repository and returns the bundle of it, as {@link #open(Repository,
   * BundleRequest, CommandSettings, WireLimits)} does, or one of its {@linkplain
   * RepositorySnapshot#pullBundles() stored bundles}, if one fits. The client then asks again for
   * what is not in it.
   *
   * @param offer which it may be
   * @throws IOException if the repository cannot be read
   */
  public static BundleSource open(
      Repository repository,
      BundleRequest request,
      CommandSettings settings,
      WireLimits limits,
      PullBundleOffer offer)
      throws IOException {
    return new BundleSource(repository.snapshot(), request, settings, limits, offer);
  }

  private static CommandException exceeded(long max) {
    return new CommandException(
        "the request makes the server look at more than "
            + max
            + " changesets, files and revisions ("
            + WireLimit.MAX_EXAMINED_ENTRIES
            + "): request fewer changesets at a time");
  }

  private Work<FoundBundle> search(
      ChangesetGraph graph,
      Outgoing outgoing,
      BundleRequest request,
      @Nullable PullBundleOffer offer) {
    return offer == null
        ? Work.done(FoundBundle.NONE)
        : PullBundleSearch.of(snapshot, graph, outgoing, request, offer);
  }

  private boolean sends(FoundBundle found) {
    stored = found.bytes();
    return stored != null;
  }

  private Work<Boolean> write(
      ChangesetGraph graph, Outgoing outgoing, BundleRequest request, CommandSettings settings) {
    BundleWriter opened = new BundleWriter(snapshot, graph, outgoing, settings, output);
    writer = opened;
    return opened.write(request);
  }

  @Override
  public @Nullable ByteBuffer next() throws IOException {
    if (closed) {
      throw new IllegalStateException("the bundle is closed");
    }
    output.clear();
    if (!ended) {
      steps.beginTurn();
      ended = advance();
      if (ended) {
        // the end is in the output: it is not returned if something else was read
        snapshot.verify();
      }
    }
    if (stored != null) {
      return stored.next();
    }
    ByteBuffer bytes = output.collected();
    return ended && !bytes.hasRemaining() ? null : bytes;
  }

  private boolean advance() throws IOException {
    try {
      return work.advance(steps) != null;
    } catch (IOException failure) {
      throw snapshot.explain(failure);
    }
  }

  @Override
  public boolean isSentUnchanged() {
    return stored != null;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (snapshot) {
      work.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      if (writer != null) {
        writer.close();
      }
      if (stored != null) {
        stored.close();
      }
    }
  }
}
