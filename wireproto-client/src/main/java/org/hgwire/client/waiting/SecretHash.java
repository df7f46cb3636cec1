// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.waiting;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import org.hgwire.core.command.Node;

/**
 * 160 bits that stand for something longer. That two things have the same, nobody can bring about,
 * as the key of the hash is secret and differs between processes. Not safe for use by several
 * threads.
 */
public final class SecretHash {
  private static final byte[] KEY = new byte[32];

  static {
    new SecureRandom().nextBytes(KEY);
  }

  private final MessageDigest digest;

  /** Makes one. */
  public SecretHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the hash of what is between position and limit, which is read. */
  public Node of(ByteBuffer bytes) {
    digest.update(KEY);
    digest.update(bytes);
    return Node.read(ByteBuffer.wrap(digest.digest()));
  }
}
