// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * What a file is recognized by: as long as its identity is the same, so is its content.
 *
 * <p>A write changes the size or the time, a rename brings another file. Where the file system has
 * no such numbers, as on Windows, the time of the last change of the content takes their place.
 *
 * @param device the device that the file is on, 0 if it is not known
 * @param file the number of the file on its device (its inode), 0 if it is not known
 * @param size its length in bytes, or -1 if there is no such file
 * @param changed when it was last changed, in nanoseconds since 1970
 */
public record FileIdentity(long device, long file, long size, long changed) {
  /** The identity of a file that does not exist. */
  public static final FileIdentity ABSENT = new FileIdentity(0, 0, -1, 0);

  private static final String ATTRIBUTES = "unix:dev,ino,size,ctime";

  /**
   * Reads the identity of a file; of a symbolic link, not of what it leads to. Costs one {@code
   * stat}.
   *
   * @throws IOException if it cannot be read, though it exists
   */
  public static FileIdentity of(Path path) throws IOException {
    try {
      Map<String, Object> values =
          Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
      return new FileIdentity(
          number(values, "dev"),
          number(values, "ino"),
          number(values, "size"),
          nanos((FileTime) Objects.requireNonNull(values.get("ctime"))));
    } catch (UnsupportedOperationException e) {
      return withoutNumbers(path);
    } catch (NoSuchFileException e) {
      return ABSENT;
    }
  }

  /**
   * Reads the identity of a file again. Of one that did not exist and still does not, no exception
   * is made; a symbolic link to nothing that takes its place does not count.
   *
   * @throws IOException if it cannot be read, though it exists
   */
  public FileIdentity again(Path path) throws IOException {
    return exists() || Files.exists(path) ? of(path) : ABSENT;
  }

  private static FileIdentity withoutNumbers(Path path) throws IOException {
    try {
      BasicFileAttributes basic =
          Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      Object key = basic.fileKey();
      return new FileIdentity(
          0, key == null ? 0 : key.hashCode(), basic.size(), nanos(basic.lastModifiedTime()));
    } catch (NoSuchFileException e) {
      return ABSENT;
    }
  }

  private static long number(Map<String, Object> values, String name) {
    return ((Number) Objects.requireNonNull(values.get(name))).longValue();
  }

  private static long nanos(FileTime time) {
    return time.to(TimeUnit.NANOSECONDS);
  }

  /** Returns whether there is such a file. */
  public boolean exists() {
    return size >= 0;
  }
}
