// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.hgwire.client.sink.RepositoryPart;
import org.hgwire.core.command.PathFilter;
import org.hgwire.redirects.clonebundles.BundlePreference;
import org.jspecify.annotations.Nullable;

/**
 * How a pull works. The withers return changed copies of {@link #DEFAULT}.
 *
 * @param batchSize the maximum number of nodes per request; fewer if the server recommends that
 * @param textInMemory the maximum size of a text that is held in memory, in bytes; larger ones are
 *     built in temporary files
 * @param cacheBytes how many bytes of texts are kept in memory as bases of deltas
 * @param directory where temporary files go, or null for the directory of the platform
 * @param listener what gets the progress
 * @param cloneBundles whether the first pull into a sink applies a clone bundle if the server names
 *     one; {@link org.hgwire.redirects.RedirectPolicy#OFF} forbids it too
 * @param bundlePreferences which clone bundles are preferred, the most important preference first
 * @param wanted what is pulled, and its ancestors; with names, no clone bundle is applied
 * @param part the paths and the generations that are pulled of that; of less than the whole, no
 *     clone bundle is applied
 * @param strict whether a file revision whose text was censored or is stored elsewhere is an error
 */
public record PullOptions(
    int batchSize,
    int textInMemory,
    long cacheBytes,
    @Nullable Path directory,
    PullListener listener,
    boolean cloneBundles,
    List<BundlePreference> bundlePreferences,
    Wanted wanted,
    RepositoryPart part,
    boolean strict) {
  /**
   * 50,000 nodes, 4 MiB in memory, 16 MiB of cache, the platform's directory, no listener, clone
   * bundles in the order of the server, everything and the whole of it, not strict.
   */
  public static final PullOptions DEFAULT =
      new PullOptions(
          50_000,
          4 << 20,
          16 << 20,
          null,
          PullListener.NONE,
          true,
          List.of(),
          Wanted.EVERYTHING,
          RepositoryPart.WHOLE,
          false);

  /** Checks the bounds and copies the list. */
  public PullOptions {
    if (batchSize < 1 || textInMemory < 0 || textInMemory > 64 << 20 || cacheBytes < 0) {
      throw new IllegalArgumentException(
          "batchSize must be at least 1, textInMemory 0 to 64 MiB, and cacheBytes not negative");
    }
    bundlePreferences = List.copyOf(bundlePreferences);
  }

  /** Returns these options with a listener. */
  public PullOptions withListener(PullListener listener) {
    return changed(to -> to.listener = listener);
  }

  /** Returns these options with another batch size. */
  public PullOptions withBatchSize(int batchSize) {
    return changed(to -> to.batchSize = batchSize);
  }

  /** Returns these options with another maximum size of texts in memory, in bytes. */
  public PullOptions withTextInMemory(int bytes) {
    return changed(to -> to.textInMemory = bytes);
  }

  /** Returns these options with another size of the cache of texts, in bytes. */
  public PullOptions withCacheBytes(long bytes) {
    return changed(to -> to.cacheBytes = bytes);
  }

  /** Returns these options with a directory for temporary files. */
  public PullOptions withDirectory(Path other) {
    return changed(to -> to.directory = other);
  }

  /** Returns these options without clone bundles. */
  public PullOptions withoutCloneBundles() {
    return changed(to -> to.cloneBundles = false);
  }

  /** Returns these options with other preferences, the most important first. */
  public PullOptions withBundlePreferences(List<BundlePreference> preferences) {
    return changed(to -> to.bundlePreferences = preferences);
  }

  /** Returns these options with {@code strict} set. */
  public PullOptions withStrict(boolean other) {
    return changed(to -> to.strict = other);
  }

  /** Returns these options with what is pulled. */
  public PullOptions withWanted(Wanted other) {
    return changed(to -> to.wanted = other);
  }

  /**
   * Returns these options for the files of some paths; manifests come whole, and name all files.
   * Over version 2 of the protocol, into a sink that {@linkplain
   * org.hgwire.client.sink.PullSink#takes takes} the part.
   */
  public PullOptions withPaths(PathFilter paths) {
    return withPart(new RepositoryPart(paths, part.depth()));
  }

  /**
   * Returns these options for the newest changesets alone: {@code depth} generations from the heads
   * of the server, or from what is wanted. What the sink has is not deepened; if the server does
   * not know any of it any more, the repository counts as unrelated. Over version 2 of the
   * protocol, into a sink that {@linkplain org.hgwire.client.sink.PullSink#takes takes} the part.
   *
   * @param depth how many generations, 1 for the heads alone
   */
  public PullOptions withDepth(int depth) {
    return withPart(new RepositoryPart(part.paths(), depth));
  }

  private PullOptions withPart(RepositoryPart other) {
    return changed(to -> to.part = other);
  }

  private PullOptions changed(Consumer<Values> change) {
    Values values = new Values(this);
    change.accept(values);
    return values.options();
  }

  /** The components, each of which can be changed alone. */
  private static final class Values {
    int batchSize;
    int textInMemory;
    long cacheBytes;
    @Nullable Path directory;
    PullListener listener;
    boolean cloneBundles;
    List<BundlePreference> bundlePreferences;
    Wanted wanted;
    RepositoryPart part;
    boolean strict;

    Values(PullOptions from) {
      batchSize = from.batchSize;
      textInMemory = from.textInMemory;
      cacheBytes = from.cacheBytes;
      directory = from.directory;
      listener = from.listener;
      cloneBundles = from.cloneBundles;
      bundlePreferences = from.bundlePreferences;
      wanted = from.wanted;
      part = from.part;
      strict = from.strict;
    }

    PullOptions options() {
      return new PullOptions(
          batchSize,
          textInMemory,
          cacheBytes,
          directory,
          listener,
          cloneBundles,
          bundlePreferences,
          wanted,
          part,
          strict);
    }
  }
}
