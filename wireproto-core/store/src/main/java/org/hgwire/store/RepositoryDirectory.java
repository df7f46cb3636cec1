// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hgwire.core.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A repository on disk: where its files are.
 *
 * <p>A shared repository has the store of another one, its source, and often its bookmarks; what is
 * of the working directory, and the local tags, it has itself. An empty repository has no file of
 * the store. No symbolic link below {@code .hg} is followed.
 *
 * <p>Immutable. The requirements are those of the moment when it was opened.
 */
public final class RepositoryDirectory {
  private final Path root;
  private final Path own;
  private final Path source;
  private final Path store;
  private final Path bookmarks;
  private final Set<String> requirements;
  private final StoreNames names;

  private RepositoryDirectory(
      Path root, Path source, Set<String> requirements, boolean sharesBookmarks) {
    this.root = root;
    this.own = root.resolve(".hg");
    this.source = source;
    this.store = source.resolve("store");
    this.requirements = Collections.unmodifiableSet(requirements);
    this.names = StoreNames.of(requirements);
    this.bookmarks =
        requirements.contains(Requirements.BOOKMARKS_IN_STORE)
            ? store.resolve("bookmarks")
            : (sharesBookmarks ? source : own).resolve("bookmarks");
  }

  /**
   * Finds the files of a repository.
   *
   * @param root the directory that has {@code .hg}
   * @throws StoreException if there is no repository, or one that is not supported
   * @throws IOException if it cannot be read
   */
  public static RepositoryDirectory open(Path root) throws IOException {
    return open(root, source -> {});
  }

  /** Decides whether a repository may share the store of another. */
  @FunctionalInterface
  public interface SourceCheck {
    /**
     * Checks it.
     *
     * @param source the {@code .hg} of the other repository
     * @throws IOException if it may not
     */
    void check(Path source) throws IOException;
  }

  /**
   * Finds the files of a repository.
   *
   * @param root the directory that has {@code .hg}
   * @param sources is asked about the source of a shared repository before anything of it is read
   * @throws StoreException if there is no repository, or one that is not supported
   * @throws IOException if it cannot be read, or {@code sources} refuses the source
   */
  public static RepositoryDirectory open(Path root, SourceCheck sources) throws IOException {
    Path own = root.resolve(".hg");
    requireDirectory(own, root + " is no Mercurial repository: it has no directory .hg");
    Set<String> requirements = new TreeSet<>(Requirements.read(own.resolve("requires")));
    Path source = own;
    boolean sharesBookmarks = false;
    if (requirements.contains(Requirements.SHARED)
        || requirements.contains(Requirements.RELATIVE_SHARED)) {
      source = source(root, own);
      sources.check(source);
      requirements.addAll(Requirements.read(source.resolve("requires")));
      sharesBookmarks = sharesBookmarks(own);
    }
    if (requirements.contains(Requirements.SHARE_SAFE)) {
      requirements.addAll(Requirements.read(source.resolve("store").resolve("requires")));
    }
    Requirements.check(root, requirements);
    requireDirectory(
        source.resolve("store"), "the repository " + root + " has no directory .hg/store");
    return new RepositoryDirectory(root, source, requirements, sharesBookmarks);
  }

  private static Path source(Path root, Path own) throws IOException {
    Path file = own.resolve("sharedpath");
    ByteString text = StoreFile.read(file);
    if (text == null) {
      throw new StoreException(
          StoreException.Kind.DAMAGED,
          "the shared repository " + root + " has no file .hg/sharedpath");
    }
    try {
      Path source = own.resolve(text.utf8().stripTrailing()).normalize();
      requireDirectory(
          source,
          "the repository " + source + " that " + root + " shares the store of does not exist");
      return source;
    } catch (InvalidPathException e) {
      throw new StoreException(
          StoreException.Kind.DAMAGED, "the file " + file + " does not have a path", e);
    }
  }

  private static boolean sharesBookmarks(Path own) throws IOException {
    for (ByteString item : TextLines.of(StoreFile.read(own.resolve("shared")))) {
      if (item.utf8().strip().equals("bookmarks")) {
        return true;
      }
    }
    return false;
  }

  private static void requireDirectory(Path path, String otherwise) throws StoreException {
    if (Files.isSymbolicLink(path)) {
      throw new StoreException(
          StoreException.Kind.UNSUPPORTED,
          path + " is a symbolic link, which is not followed; name the repository it leads to");
    }
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new StoreException(StoreException.Kind.NOT_A_REPOSITORY, otherwise);
    }
  }

  /** Returns the directory that has {@code .hg}. */
  public Path root() {
    return root;
  }

  /**
   * Returns the {@code .hg} of the repository whose store this one shares, or null if it has its
   * own.
   */
  public @Nullable Path sharedSource() {
    return source.equals(own) ? null : source;
  }

  /** Returns the {@code .hg} of this repository, which has the store unless it is shared. */
  public Path hg() {
    return own;
  }

  /** Returns the requirements of the repository and of its store, sorted. */
  public Set<String> requirements() {
    return requirements;
  }

  /** Returns the directory of the store. */
  public Path store() {
    return store;
  }

  /** Returns the index of the changelog, which an empty repository does not have. */
  public Path changelog() {
    return store.resolve("00changelog.i");
  }

  /** Returns the index of the manifests, which an empty repository does not have. */
  public Path manifestLog() {
    return store.resolve("00manifest.i");
  }

  /** Returns the names of the files in the store. */
  public StoreNames names() {
    return names;
  }

  /** Returns where the file logs are; made anew for each response. */
  public FileLogPaths fileLogs() {
    return new FileLogPaths(store, names);
  }

  /** Returns the file of the roots of phases, which may be missing. */
  public Path phaseRoots() {
    return store.resolve("phaseroots");
  }

  /** Returns the file of the obsolescence markers, which may be missing. */
  public Path obsolescenceMarkers() {
    return store.resolve("obsstore");
  }

  /** Returns the file of the bookmarks, which may be missing. */
  public Path bookmarks() {
    return bookmarks;
  }

  /** Returns whether a transaction runs now, or was interrupted: there is a journal. */
  public boolean isInTransaction() {
    return Files.exists(store.resolve("journal"), LinkOption.NOFOLLOW_LINKS);
  }

  /** Returns the file of the local tags, which may be missing. */
  public Path localTags() {
    return own.resolve("localtags");
  }

  /**
   * Returns the file that lists the stored bundles for clients, by their paths below its directory;
   * it may be missing.
   */
  public Path pullBundles() {
    return own.resolve("pullbundles.manifest");
  }

  /** Returns the file that says what the working directory's parents are; it may be missing. */
  public Path dirstate() {
    return own.resolve("dirstate");
  }

  /**
   * Returns the files with settings, which may be missing; a later one overrides an earlier one.
   */
  public List<Path> settings() {
    Path hgrc = own.resolve("hgrc");
    if (!requirements.contains(Requirements.SHARE_SAFE)) {
      return List.of(hgrc);
    }
    Path notShared = own.resolve("hgrc-not-shared");
    return source.equals(own)
        ? List.of(hgrc, notShared)
        : List.of(source.resolve("hgrc"), hgrc, notShared);
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
