// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store;

import java.util.Set;
import org.hgwire.core.ByteString;
import org.hgwire.core.revision.TrackedPath;
import org.jspecify.annotations.Nullable;

/**
 * The names that files have in the store, so that every file system keeps them apart: those of the
 * requirements {@code store}, {@code fncache} and {@code dotencode}.
 *
 * <p>A name that begins with {@code data/} is the path with escapes. One that would be longer than
 * {@value #MAX_NAME} bytes begins with {@code dh/} instead, and has a hash of the path in it.
 */
public final class StoreNames {
  /** The length in bytes of the longest name, with {@code fncache}. */
  static final int MAX_NAME = 120;

  private static final String DATA = "data/";
  private static final String INDEX = ".i";

  private final boolean portable;
  private final boolean dotencode;

  private StoreNames(boolean portable, boolean dotencode) {
    this.portable = portable;
    this.dotencode = dotencode;
  }

  /** Returns the names in a store with these requirements. */
  public static StoreNames of(Set<String> requirements) {
    boolean portable = requirements.contains(Requirements.FNCACHE);
    return new StoreNames(portable, portable && requirements.contains(Requirements.DOTENCODE));
  }

  /**
   * Returns the name, below the store, of the index of a file's revisions: ASCII, with slashes.
   *
   * @param path the path of the file in the repository
   * @return null if no repository tracks a file of that name, such as {@code ../x}
   */
  public @Nullable String fileLog(ByteString path) {
    String listed = listed(path);
    return listed == null ? null : stored(listed);
  }

  /**
   * Returns the name of the index of a file's revisions that {@code fncache} and a journal list:
   * one character for each byte.
   *
   * @param path the path of the file in the repository
   * @return null if no repository tracks a file of that name, such as {@code ../x}
   */
  public @Nullable String listed(ByteString path) {
    return TrackedPath.fault(path) == null
        ? DATA + apartFromIndexes(NameEscapes.bytes(path) + INDEX)
        : null;
  }

  /**
   * Returns the name of the file of the chunks that belongs to an index, both as they are listed.
   */
  public static String dataOf(String listedIndex) {
    return listedIndex.substring(0, listedIndex.length() - INDEX.length()) + ".d";
  }

  /**
   * Returns the name, below the store, of a file of revisions that {@code fncache} or a journal
   * lists.
   *
   * @throws IllegalArgumentException if it does not begin with {@code data/}
   */
  public String stored(String listed) {
    if (!listed.startsWith(DATA)) {
      throw new IllegalArgumentException("not the name of a file of revisions: " + listed);
    }
    String escaped = NameEscapes.distinctCase(listed);
    if (!portable) {
      return escaped;
    }
    String name = new PortableParts(dotencode).of(escaped);
    return name.length() <= MAX_NAME ? name : HashedName.of(listed, DATA.length(), dotencode);
  }

  /** Renames directories that look like an index, its data, or a repository. */
  private static String apartFromIndexes(String path) {
    StringBuilder result = new StringBuilder(path.length() + 8);
    for (int i = 0; i < path.length(); i++) {
      if (path.charAt(i) == '/'
          && (path.startsWith(".i", i - 2)
              || path.startsWith(".d", i - 2)
              || path.startsWith(".hg", i - 3))) {
        result.append(".hg");
      }
      result.append(path.charAt(i));
    }
    return result.toString();
  }
}
