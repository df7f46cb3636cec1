// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.encoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The content encodings that one side of an exchange supports, in order of preference.
 *
 * @param preferred the encodings, best first; identity is always among them
 */
public record ContentEncodings(List<ContentEncoding> preferred) {
  private static final ContentEncodings STANDARD =
      new ContentEncodings(
          ZstdLibrary.problem().isPresent()
              ? List.of(new ZlibEncoding(), new IdentityEncoding())
              : List.of(new Zstd8mbEncoding(), new ZlibEncoding(), new IdentityEncoding()));

  /**
   * Copies the list and appends identity if it is missing.
   *
   * @throws IllegalArgumentException if two encodings have the same name
   */
  public ContentEncodings {
    List<ContentEncoding> all = new ArrayList<>(preferred);
    Set<String> names = new HashSet<>();
    for (ContentEncoding encoding : preferred) {
      if (!names.add(encoding.name())) {
        throw new IllegalArgumentException(
            "the content encoding " + encoding.name() + " occurs twice");
      }
    }
    // "This profile MUST be supported by all peers." (wireprotocolrpc, Content Encoding Profiles)
    if (!names.contains(IdentityEncoding.NAME)) {
      all.add(new IdentityEncoding());
    }
    preferred = List.copyOf(all);
  }

  /** Returns zstd-8mb if its {@linkplain ZstdLibrary library} can be loaded, zlib, identity. */
  public static ContentEncodings standard() {
    return STANDARD;
  }

  /**
   * Returns the standard encodings with these names, in this order.
   *
   * @throws IllegalArgumentException if a name is not that of a standard encoding, is that of zstd
   *     where its {@linkplain ZstdLibrary library} cannot be loaded, or occurs twice
   */
  public static ContentEncodings named(String... names) {
    return new ContentEncodings(Arrays.stream(names).map(ContentEncodings::standardNamed).toList());
  }

  private static ContentEncoding standardNamed(String name) {
    ContentEncoding encoding = STANDARD.find(name);
    if (encoding == null && name.equals(Zstd8mbEncoding.NAME)) {
      throw new IllegalArgumentException(
          name
              + " cannot be used: "
              + ZstdLibrary.problem().orElse("it is not a standard encoding"));
    }
    if (encoding == null) {
      throw new IllegalArgumentException(
          name + " is not a content encoding; choose from " + STANDARD.names());
    }
    return encoding;
  }

  /** Returns the encoding with {@code name}, or null. */
  public @Nullable ContentEncoding find(String name) {
    for (ContentEncoding encoding : preferred) {
      if (encoding.name().equals(name)) {
        return encoding;
      }
    }
    return null;
  }

  /** Returns the names in order of preference. */
  public List<String> names() {
    return preferred.stream().map(ContentEncoding::name).toList();
  }
}
