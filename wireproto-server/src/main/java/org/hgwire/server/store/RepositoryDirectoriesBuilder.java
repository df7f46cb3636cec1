// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.server.repository.Repository;
import org.jspecify.annotations.Nullable;

/** Collects what {@link RepositoryDirectories} serve. Not safe for use by several threads. */
public final class RepositoryDirectoriesBuilder {
  private static final Duration CLOSE_AFTER = Duration.ofMinutes(5);

  private final Map<String, Path> named = new LinkedHashMap<>();
  private @Nullable Path top;
  private Duration closeAfter = CLOSE_AFTER;
  private WireLimits limits = WireLimits.defaults();
  private boolean exchangesMarkers;

  RepositoryDirectoriesBuilder() {}

  /**
   * Adds a repository. Such a one counts before one of the same path below the directory, and may
   * be a share of any other.
   *
   * @param name its path in the URL, such as {@code team/tools}, without a slash at either end;
   *     empty for the root
   * @param directory the directory that has its {@code .hg}
   * @throws IllegalArgumentException if the name is used, or cannot be a path
   */
  public RepositoryDirectoriesBuilder repository(String name, Path directory) {
    for (String segment : name.isEmpty() ? List.<String>of() : List.of(name.split("/", -1))) {
      if (segment.isEmpty()
          || segment.equals(".")
          || segment.equals("..")
          || segment.chars().anyMatch(c -> c < 0x20 || c == 0x7f || c == '\\')) {
        throw new IllegalArgumentException(
            "the name of a repository is a path such as team/tools, not \"" + name + "\"");
      }
    }
    if (named.putIfAbsent(name, directory) != null) {
      throw new IllegalArgumentException(
          "two repositories have the name \"" + name + "\": rename one of them");
    }
    return this;
  }

  /**
   * Sets the directory below which repositories are found by their paths; none by default.
   *
   * @throws IllegalArgumentException if there is one already
   */
  public RepositoryDirectoriesBuilder below(Path directory) {
    if (top != null) {
      throw new IllegalArgumentException("there is one directory of repositories, not several");
    }
    top = directory;
    return this;
  }

  /** Sets how long a repository stays open that nobody uses; 5 minutes by default. */
  public RepositoryDirectoriesBuilder closeAfter(Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("a repository stays open for some time, not " + time);
    }
    closeAfter = time;
    return this;
  }

  /**
   * Sets the limits: on open repositories ({@link WireLimit#MAX_OPEN_REPOSITORIES}), and on what
   * reading one of them may take.
   */
  public RepositoryDirectoriesBuilder limits(WireLimits limits) {
    this.limits = limits;
    return this;
  }

  /**
   * Sends obsolescence markers to clients that ask for them, which is not done by default: markers
   * name changesets that are not served.
   */
  public RepositoryDirectoriesBuilder exchangeMarkers() {
    exchangesMarkers = true;
    return this;
  }

  /**
   * Returns the repositories; those that have names are opened now.
   *
   * @throws IOException if one of them cannot be served, or a directory does not exist
   */
  public RepositoryDirectories open() throws IOException {
    return open(
        new StoreOpener(
            StoreLimits.of(limits.forHeap(Runtime.getRuntime().maxMemory())), exchangesMarkers));
  }

  <R extends Repository & Closeable> RepositoryDirectories open(OpenRepositories.Opener<R> opener)
      throws IOException {
    Map<String, RepositoryLocation> locations = new LinkedHashMap<>();
    Set<Path> directories = new HashSet<>();
    for (Map.Entry<String, Path> each : named.entrySet()) {
      Path directory = directory(each.getValue());
      directories.add(directory);
      locations.put(each.getKey(), new RepositoryLocation(directory, null, ShareSources.ANY));
    }
    RepositoryTree tree =
        top == null
            ? null
            : new RepositoryTree(directory(top), RepositoryDirectories.MAX_DEPTH, directories);
    OpenRepositories<R> open =
        new OpenRepositories<>(
            opener, limits.intOf(WireLimit.MAX_OPEN_REPOSITORIES), System::nanoTime);
    try {
      for (RepositoryLocation location : locations.values()) {
        new SharedRepository<>(open, location).check();
      }
    } catch (IOException | RuntimeException failure) {
      open.close();
      throw failure;
    }
    return new RepositoryDirectories(open, locations, tree, closeAfter);
  }

  private static Path directory(Path path) throws IOException {
    Path real = path.toRealPath();
    if (!Files.isDirectory(real)) {
      throw new NotDirectoryException(path.toString());
    }
    return real;
  }
}
