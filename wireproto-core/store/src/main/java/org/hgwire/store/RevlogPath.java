// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store;

import java.nio.file.Path;

/**
 * Where a revlog is. The second file need not be there; the names of the two have nothing in common
 * if they are hashed.
 *
 * @param index the file of the index
 * @param data the file of the chunks, if they are not in the index
 */
public record RevlogPath(Path index, Path data) {
  private static final String INDEX = ".i";

  /** Returns that of an index whose name is not hashed: it ends with {@code .d} instead. */
  public static RevlogPath of(Path index) {
    String name = index.getFileName().toString();
    String stem = name.substring(0, name.length() - INDEX.length());
    return new RevlogPath(index, index.resolveSibling(stem + ".d"));
  }
}
