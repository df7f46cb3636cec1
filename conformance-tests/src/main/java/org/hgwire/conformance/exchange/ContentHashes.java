// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.exchange;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.jspecify.annotations.Nullable;

/** The hash algorithms whose names in locations are known: those of hg 5.6.1, and SHA-512. */
public final class ContentHashes {
  private static final Map<String, String> ALGORITHMS =
      Map.of("sha1", "SHA-1", "sha256", "SHA-256", "sha512", "SHA-512");

  private ContentHashes() {}

  /** Returns whether a name is known. */
  public static boolean has(String name) {
    return ALGORITHMS.containsKey(name);
  }

  /** Returns a hasher, or null if the name is not known. */
  public static @Nullable MessageDigest digest(String name) {
    String algorithm = ALGORITHMS.get(name);
    if (algorithm == null) {
      return null;
    }
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the platform lacks " + algorithm, e);
    }
  }

  /** Returns the hash of {@code seed} and {@code content}, or null if the name is not known. */
  public static @Nullable ByteString hash(String name, ByteString seed, ByteString content) {
    MessageDigest digest = digest(name);
    if (digest == null) {
      return null;
    }
    digest.update(seed.asByteBuffer());
    digest.update(content.asByteBuffer());
    return ByteString.copyOf(digest.digest());
  }
}
