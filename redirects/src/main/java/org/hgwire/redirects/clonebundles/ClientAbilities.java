// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.clonebundles;

import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import org.hgwire.core.bundle.BundleCompression;
import org.jspecify.annotations.Nullable;

/**
 * What a client can do, against which the entries of a manifest are held.
 *
 * @param serverNames whether it sends Server Name Indication
 * @param memory how much memory it has, in bytes
 * @param allowSha1 whether a DIGEST of SHA-1 alone will do
 * @param origin where the manifest came from: from https nothing leads to http, and whatever came
 *     or is to come over http needs a DIGEST; null to leave that out
 * @param compressions which compressions of bundles it reads
 */
public record ClientAbilities(
    boolean serverNames,
    long memory,
    boolean allowSha1,
    @Nullable URI origin,
    Set<BundleCompression> compressions) {
  /** Checks that the memory is not negative, and copies the set. */
  public ClientAbilities {
    if (memory < 0) {
      throw new IllegalArgumentException("memory is not negative");
    }
    compressions = Set.copyOf(compressions);
  }

  /** Makes the abilities of a client that reads every compression. */
  public ClientAbilities(
      boolean serverNames, long memory, boolean allowSha1, @Nullable URI origin) {
    this(serverNames, memory, allowSha1, origin, Set.of(BundleCompression.values()));
  }

  /** Returns these abilities without one compression. */
  public ClientAbilities without(BundleCompression compression) {
    Set<BundleCompression> others = new HashSet<>(compressions);
    others.remove(compression);
    return new ClientAbilities(serverNames, memory, allowSha1, origin, others);
  }

  /**
   * Returns what this library can do on this platform for a manifest from {@code origin}: it sends
   * server names, and has the memory that the platform gives to its heap.
   */
  public static ClientAbilities ofPlatform(URI origin, boolean allowSha1) {
    return new ClientAbilities(true, Runtime.getRuntime().maxMemory(), allowSha1, origin);
  }
}
