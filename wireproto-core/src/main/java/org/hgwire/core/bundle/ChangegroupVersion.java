// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.bundle;

import org.jspecify.annotations.Nullable;

/** The versions of the changegroup format, which differ in the delta header. */
public enum ChangegroupVersion {
  /** Each delta is against the previous revision, the first one against its first parent. */
  V01("01", 80),
  /** Each delta names its base. */
  V02("02", 100),
  /** Each delta names its base and has flags; there is a segment of tree manifests. */
  V03("03", 102);

  private final String text;
  private final int headerLength;

  ChangegroupVersion(String text, int headerLength) {
    this.text = text;
    this.headerLength = headerLength;
  }

  /** Returns the version with this text, or null. */
  public static @Nullable ChangegroupVersion of(String text) {
    for (ChangegroupVersion version : values()) {
      if (version.text.equals(text)) {
        return version;
      }
    }
    return null;
  }

  /** Returns the text for parameters of parts and capabilities: two digits. */
  public String text() {
    return text;
  }

  /** Returns the length of a delta header in bytes. */
  int headerLength() {
    return headerLength;
  }
}
