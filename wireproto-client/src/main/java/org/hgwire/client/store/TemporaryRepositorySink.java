// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.hgwire.client.sink.ForwardingPullSink;
import org.jspecify.annotations.Nullable;

/**
 * A sink that only verifies: an empty repository in a temporary directory, which is deleted when
 * the sink is closed. Any text may become the base of a delta, so it takes as much room on the disk
 * as the repository does that is pulled.
 *
 * <p>When the process ends before, it is deleted as well, unless the process is killed: then the
 * directory, {@code hgwire-pull-…}, is left.
 */
public final class TemporaryRepositorySink extends ForwardingPullSink {
  /** The directories that are deleted when the process ends. */
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(TemporaryRepositorySink::deleteAll));
  }

  private final Path directory;

  private TemporaryRepositorySink(Path directory) throws IOException {
    super(RepositorySink.open(directory, null, true));
    this.directory = directory;
  }

  /**
   * Opens a sink in the platform's directory for temporary files.
   *
   * @throws IOException if the repository cannot be made
   */
  public static TemporaryRepositorySink open() throws IOException {
    return create(null);
  }

  /**
   * Opens a sink in a directory of its own in {@code parent}.
   *
   * @param parent a directory
   * @throws IOException if the repository cannot be made
   */
  public static TemporaryRepositorySink open(Path parent) throws IOException {
    return create(parent);
  }

  private static TemporaryRepositorySink create(@Nullable Path parent) throws IOException {
    String prefix = "hgwire-pull-";
    Path directory =
        parent == null
            ? Files.createTempDirectory(prefix)
            : Files.createTempDirectory(parent, prefix);
    OPEN.add(directory);
    boolean opened = false;
    try {
      TemporaryRepositorySink sink = new TemporaryRepositorySink(directory);
      opened = true;
      return sink;
    } finally {
      if (!opened) {
        delete(directory);
      }
    }
  }

  /** Returns the directory of the repository, which others may read until the sink is closed. */
  public Path directory() {
    return directory;
  }

  @Override
  public void close() throws IOException {
    try {
      super.close();
    } finally {
      delete(directory);
    }
  }

  private static void delete(Path directory) throws IOException {
    OPEN.remove(directory);
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path file : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException gone) {
      // It was closed before.
    }
  }

  private static void deleteAll() {
    for (Path directory : OPEN) {
      try {
        delete(directory);
      } catch (IOException | RuntimeException left) {
        // The process ends: nobody is there to be told.
      }
    }
  }
}
