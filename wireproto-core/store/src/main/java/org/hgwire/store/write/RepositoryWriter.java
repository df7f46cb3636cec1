// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.write;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.hgwire.core.encoding.ZstdLibrary;
import org.hgwire.store.RepositoryDirectory;
import org.hgwire.store.StoreException;
import org.hgwire.store.revlog.ChunkCompressor;
import org.hgwire.store.revlog.RevlogLimits;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a repository that Mercurial 5.6 to 7.2 uses as its own, at the same time too: with its
 * locks, its journal and its formats. The working directory is left alone; a new repository has
 * none, as after {@code hg clone --noupdate}.
 *
 * <p>Not safe for use by several threads. Several writers of a repository, in one process or in
 * many, wait for each other.
 */
public final class RepositoryWriter implements Closeable {
  private final Path root;
  private final RevlogLimits limits;
  private final ChunkCompressor compressor;

  private RepositoryWriter(Path root, RevlogLimits limits, ChunkCompressor compressor) {
    this.root = root;
    this.limits = limits;
    this.compressor = compressor;
  }

  /**
   * Makes an empty repository. Its requirements are those that Mercurial 6.3 makes by default, but
   * for share-safe, which 5.6 does not know.
   *
   * @param root its directory, which is made if there is none; may have other files
   * @param defaultPath the URL that {@code hg pull} pulls from, or null
   * @param limits what one revlog may make its writer hold
   * @throws java.nio.file.FileAlreadyExistsException if the directory has a {@code .hg}
   */
  public static RepositoryWriter create(
      Path root, @Nullable String defaultPath, RevlogLimits limits) throws IOException {
    NewRepository.create(root, defaultPath);
    return open(root, limits);
  }

  /**
   * Opens a repository to write to it.
   *
   * @param limits what one revlog may make its writer hold
   * @throws StoreException of kind NOT_A_REPOSITORY if there is none, or UNSUPPORTED, with the name
   *     of what is not supported
   */
  public static RepositoryWriter open(Path root, RevlogLimits limits) throws IOException {
    RepositoryDirectory directory = RepositoryDirectory.open(root);
    WrittenRequirements.check(directory);
    return new RepositoryWriter(root, limits, compressor(directory));
  }

  private static ChunkCompressor compressor(RepositoryDirectory directory) throws StoreException {
    if (!directory.requirements().contains("revlog-compression-zstd")) {
      return ChunkCompressor.zlib();
    }
    if (ZstdLibrary.problem().isPresent()) {
      throw new StoreException(StoreException.Kind.UNSUPPORTED, ZstdLibrary.problem().get());
    }
    return ChunkCompressor.zstd();
  }

  /**
   * Takes the locks, makes an interrupted transaction of this library undone, and begins one.
   *
   * @param wait how long to wait for others that write to the repository
   * @return the transaction, which the caller closes before it begins another
   * @throws StoreException of kind LOCKED if another program holds a lock for longer; of kind
   *     INTERRUPTED if another program was interrupted and left a journal
   */
  public StoreTransaction begin(Duration wait) throws IOException {
    StoreLocks locks = StoreLocks.acquire(root.resolve(".hg"), wait);
    try {
      RepositoryDirectory directory = RepositoryDirectory.open(root);
      WrittenRequirements.check(directory);
      rollBackInterrupted(directory);
      return new StoreTransaction(directory, locks, compressor, limits);
    } catch (IOException | RuntimeException | Error e) {
      try (locks) {
        throw e;
      }
    }
  }

  private static void rollBackInterrupted(RepositoryDirectory directory) throws IOException {
    Boolean own = Journal.isOwn(directory.store());
    if (own == null) {
      return;
    }
    if (!own) {
      throw new StoreException(
          StoreException.Kind.INTERRUPTED,
          "a transaction of Mercurial was interrupted in the repository "
              + directory.root()
              + "; run \"hg recover\" there");
    }
    new JournalRollback(directory).run();
  }

  /** Frees what is outside the heap. A transaction has to be closed before. */
  @Override
  public void close() {
    compressor.close();
  }
}
