// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.revision;

import org.jspecify.annotations.Nullable;

/** The type of an entry of a manifest. */
public enum ManifestFlag {
  /** An ordinary file. */
  FILE(""),
  /** An executable file. */
  EXECUTABLE("x"),
  /** A symbolic link. */
  LINK("l"),
  /** The manifest of a directory. */
  TREE("t");

  private final String text;

  ManifestFlag(String text) {
    this.text = text;
  }

  /** Returns the flag in manifests: empty, {@code x}, {@code l} or {@code t}. */
  public String text() {
    return text;
  }

  /** Returns the flag with that letter, or null if there is none. */
  public static @Nullable ManifestFlag of(byte letter) {
    return switch (letter) {
      case 'x' -> EXECUTABLE;
      case 'l' -> LINK;
      case 't' -> TREE;
      default -> null;
    };
  }
}
