// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.clonebundles;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What a client can do, against which the entries of a manifest are held.
 *
 * @param serverNames whether it sends Server Name Indication
 * @param memory how much memory it has, in bytes
 * @param allowSha1 whether a DIGEST of SHA-1 alone will do
 * @param origin where the manifest came from: from https nothing leads to http, and whatever came
 *     or is to come over http needs a DIGEST; null to leave that out
 */
public record ClientCapabilities(
    boolean serverNames, long memory, boolean allowSha1, @Nullable URI origin) {
  /** Checks that the memory is not negative. */
  public ClientCapabilities {
    if (memory < 0) {
      throw new IllegalArgumentException("memory is not negative");
    }
  }

  /**
   * Returns what this library can do on this platform for a manifest from {@code origin}: it sends
   * server names, and has the memory that the platform gives to its heap.
   */
  public static ClientCapabilities ofPlatform(URI origin, boolean allowSha1) {
    return new ClientCapabilities(true, Runtime.getRuntime().maxMemory(), allowSha1, origin);
  }
}
