// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.hgwire.core.ByteString;
import org.jspecify.annotations.Nullable;

/** The known hash algorithms, the most preferred first. */
public enum HashAlgorithm {
  /** SHA-256. */
  SHA256("sha256", "SHA-256", 32, true),
  /** SHA-512. */
  SHA512("sha512", "SHA-512", 64, true),
  /** SHA-1: not collision-resistant, so it proves nothing by itself. */
  SHA1("sha1", "SHA-1", 20, false);

  private final String wireName;
  private final String platformName;
  private final int size;
  private final boolean collisionResistant;

  HashAlgorithm(String wireName, String platformName, int size, boolean collisionResistant) {
    this.wireName = wireName;
    this.platformName = platformName;
    this.size = size;
    this.collisionResistant = collisionResistant;
  }

  /** Returns the algorithm with this name on the wire, or null if it is unknown. */
  public static @Nullable HashAlgorithm find(ByteString wireName) {
    for (HashAlgorithm algorithm : values()) {
      if (algorithm.wireName().equals(wireName)) {
        return algorithm;
      }
    }
    return null;
  }

  /** Returns the name on the wire. */
  public ByteString wireName() {
    return ByteString.utf8(wireName);
  }

  /** Returns the size of a hash in bytes. */
  public int size() {
    return size;
  }

  /** Returns whether nobody is known to be able to make two inputs with the same hash. */
  public boolean isCollisionResistant() {
    return collisionResistant;
  }

  /** Returns a new digest. */
  public MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance(platformName);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the platform lacks " + platformName, e);
    }
  }
}
