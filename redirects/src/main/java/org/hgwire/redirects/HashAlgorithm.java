// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.hgwire.core.ByteString;
import org.jspecify.annotations.Nullable;

/** The hash algorithms that are known here, the most preferred first. */
public enum HashAlgorithm {
  /** SHA-256. */
  SHA256("sha256", "SHA-256", 32, true),
  /** SHA-512. */
  SHA512("sha512", "SHA-512", 64, true),
  /** SHA-1: two contents with the same hash can be made, so it alone proves nothing. */
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

  /** Returns the algorithm of that name on the wire, or null if it is not known here. */
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

  /** Returns whether nobody can make two contents with one hash, as far as is known. */
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
