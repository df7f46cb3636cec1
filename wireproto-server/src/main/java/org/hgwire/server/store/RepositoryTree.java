// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A directory with repositories at any depth below it, found by name. A lookup reads the directory
 * entries on the way, and no others. Symbolic links are followed as long as they stay below the
 * directory.
 */
final class RepositoryTree {
  private static final String HG = ".hg";

  /** What file systems allow; with more, a lookup would fail instead of finding nothing. */
  private static final int MAX_NAME_BYTES = 255;

  private static final int MAX_PATH_BYTES = 2048;

  private final Path top;
  private final int maxDepth;
  private final ShareSources sources;

  /**
   * @param top the directory, without symbolic links
   * @param maxDepth how many segments a name may have
   * @param named repositories elsewhere that shares may take their stores from
   */
  RepositoryTree(Path top, int maxDepth, Set<Path> named) {
    this.top = top;
    this.maxDepth = maxDepth;
    this.sources = new ShareSources(top, named);
  }

  /**
   * Returns where the repository with this name lies, or null if there is none.
   *
   * @param name the segments of its path, as a client sent them
   * @throws IOException if the file system cannot be read
   */
  @Nullable RepositoryLocation find(List<String> name) throws IOException {
    if (name.isEmpty()
        || name.size() > maxDepth
        || !name.stream().allMatch(this::isName)
        || name.stream().mapToInt(RepositoryTree::bytes).sum() > MAX_PATH_BYTES) {
      return null;
    }
    try {
      Path directory = top.resolve(String.join("/", name)).toRealPath();
      Path hg = directory.resolve(HG);
      BasicFileAttributes attributes =
          Files.readAttributes(hg, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      // A symbolic link in place of .hg could be turned elsewhere between this check and its use.
      return isBelow(top, directory) && isOutsideOfHg(directory) && attributes.isDirectory()
          ? new RepositoryLocation(directory, attributes.fileKey(), sources)
          : null;
    } catch (NoSuchFileException | InvalidPathException none) {
      return null;
    } catch (FileSystemException failure) {
      if (leadsThroughAFile(name)) {
        return null;
      }
      throw failure;
    }
  }

  private boolean leadsThroughAFile(List<String> name) {
    Path path = top;
    for (String segment : name) {
      path = path.resolve(segment);
      if (Files.exists(path) && !Files.isDirectory(path)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether a segment is a name, and not a way to somewhere else. */
  private boolean isName(String segment) {
    return !segment.isEmpty()
        && !segment.equals(".")
        && !segment.equals("..")
        && !segment.equalsIgnoreCase(HG)
        && bytes(segment) <= MAX_NAME_BYTES
        && segment.chars().allMatch(c -> c >= 0x20 && c != 0x7f && c != '/' && c != '\\')
        && (top.getFileSystem().getSeparator().equals("/") || segment.indexOf(':') < 0);
  }

  private static int bytes(String segment) {
    return segment.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Returns whether no link led into the {@code .hg} of a repository. */
  private boolean isOutsideOfHg(Path directory) {
    for (Path segment : top.relativize(directory)) {
      if (segment.toString().equalsIgnoreCase(HG)) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether {@code path} lies below {@code top}; both are without symbolic links. */
  static boolean isBelow(Path top, Path path) {
    return path.startsWith(top) && !path.equals(top);
  }
}
