// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.clonebundles;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What a client can do; the requirements of each entry of a manifest are compared with it.
 *
 * @param serverNames whether it sends Server Name Indication
 * @param memory how much memory it has, in bytes
 * @param allowSha1 whether a DIGEST of SHA-1 alone is enough
 * @param origin the repository that the manifest came from: one over https never leads to http, and
 *     a manifest or bundle over http needs a DIGEST; null to skip these checks
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
   * Returns the capabilities of this library on this platform: it sends server names, and its
   * memory is the maximum size of the heap. SHA-1 alone is not enough, and there is no origin.
   */
  public static ClientCapabilities ofPlatform() {
    return new ClientCapabilities(true, Runtime.getRuntime().maxMemory(), false, null);
  }

  /** Returns these capabilities with another memory, in bytes. */
  public ClientCapabilities withMemory(long bytes) {
    return new ClientCapabilities(serverNames, bytes, allowSha1, origin);
  }

  /** Returns these capabilities with {@code allowSha1} set. */
  public ClientCapabilities withAllowSha1(boolean allow) {
    return new ClientCapabilities(serverNames, memory, allow, origin);
  }

  /** Returns these capabilities for a manifest of the repository at {@code url}. */
  public ClientCapabilities withOrigin(URI url) {
    return new ClientCapabilities(serverNames, memory, allowSha1, url);
  }
}
