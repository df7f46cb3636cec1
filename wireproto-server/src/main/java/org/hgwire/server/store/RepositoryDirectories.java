// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.hgwire.server.RepositoryResolution;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.command.Caller;
import org.hgwire.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Serves repositories on disk by the path of the URL: some that are named, and all those below a
 * directory, as Mercurial's own {@code hgwebdir} does.
 *
 * <p>A repository below the directory has the path that it has on disk, at any depth up to {@value
 * #MAX_DEPTH}. It is looked up when it is asked for: new ones appear by themselves, and nothing is
 * scanned. Symbolic links are followed inside the directory and not out of it. A share is followed
 * to a repository in the directory, or to one that is named. A path that has no repository is not
 * found.
 *
 * <p>A repository is opened when it is asked for, shared by all requests, and closed when it was
 * not used for some time, or when more would be open than {@link
 * org.hgwire.core.WireLimit#MAX_OPEN_REPOSITORIES}. One that cannot be read fails the requests for
 * it, with a {@link StoreException} that names it for the {@link org.hgwire.server.ServerListener};
 * the others are served on.
 *
 * <p>Safe for use by several threads. Closing it closes all repositories, each when its last
 * snapshot is closed.
 */
public final class RepositoryDirectories implements RepositoryResolver, Closeable {
  /** How many segments the path of a repository below the directory may have. */
  public static final int MAX_DEPTH = 32;

  private final OpenRepositories<?> open;
  private final Map<String, RepositoryLocation> named;
  private final @Nullable RepositoryTree tree;
  private final ScheduledExecutorService timer;
  private final Future<?> closing;

  /**
   * @param named the repositories with names of their own, by name
   * @param tree the directory with further ones, or null
   * @param closeAfter how long a repository stays open that nobody uses
   */
  RepositoryDirectories(
      OpenRepositories<?> open,
      Map<String, RepositoryLocation> named,
      @Nullable RepositoryTree tree,
      Duration closeAfter) {
    this.open = open;
    this.named = Map.copyOf(named);
    this.tree = tree;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "hgwire-repositories");
              thread.setDaemon(true);
              return thread;
            });
    long nanos = closeAfter.toNanos();
    long pause = Math.max(1, nanos / 2);
    this.closing =
        timer.scheduleWithFixedDelay(
            () -> open.closeUnused(nanos), pause, pause, TimeUnit.NANOSECONDS);
  }

  /** Returns a builder. */
  public static RepositoryDirectoriesBuilder builder() {
    return new RepositoryDirectoriesBuilder();
  }

  /**
   * Finds the repository at the path of the caller, on any host, and opens it.
   *
   * @throws IOException if there is one that cannot be read: a {@link StoreException} that names it
   */
  @Override
  public RepositoryResolution resolve(Caller caller) throws IOException {
    String path = caller.path();
    RepositoryLocation location = named.get(path);
    if (location != null) {
      return found(path, location);
    }
    location = tree == null ? null : tree.find(List.of(path.split("/", -1)));
    if (location == null) {
      return RepositoryResolution.notFound();
    }
    try {
      return found(path, location);
    } catch (StoreException failure) {
      if (failure.kind() == StoreException.Kind.NOT_A_REPOSITORY) {
        return RepositoryResolution.notFound();
      }
      throw failure;
    }
  }

  private RepositoryResolution found(String path, RepositoryLocation location) throws IOException {
    SharedRepository<?> repository = new SharedRepository<>(open, location);
    try {
      repository.check();
    } catch (StoreException failure) {
      throw new StoreException(
          failure.kind(),
          "the repository "
              + (path.isEmpty() ? "at the root" : path)
              + " cannot be served: "
              + failure.getMessage(),
          failure);
    }
    return RepositoryResolution.found(repository);
  }

  @Override
  public void close() {
    closing.cancel(false);
    timer.shutdown();
    open.close();
  }
}
