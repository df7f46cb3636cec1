// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.encoding;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The content encodings that one side of an exchange supports, the most preferred first.
 *
 * @param preferred the encodings; identity is always among them
 */
public record ContentEncodings(List<ContentEncoding> preferred) {
  /** Copies the list and appends identity if it is missing. */
  public ContentEncodings {
    throw new UnsupportedOperationException();
  }

  /** Returns zstd-8mb, zlib, identity. */
  public static ContentEncodings standard() {
    throw new UnsupportedOperationException();
  }

  /** Returns the standard encodings with these names, in this order. */
  public static ContentEncodings named(String... names) {
    throw new UnsupportedOperationException();
  }

  /** Returns the encoding with {@code name}, or null. */
  public @Nullable ContentEncoding find(String name) {
    throw new UnsupportedOperationException();
  }

  /** Returns the names, the most preferred first. */
  public List<String> names() {
    throw new UnsupportedOperationException();
  }
}
