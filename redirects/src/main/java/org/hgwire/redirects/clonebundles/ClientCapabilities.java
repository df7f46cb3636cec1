// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.clonebundles;

import java.net.URI;
import java.util.EnumSet;
import java.util.Set;
import org.hgwire.core.bundle.BundleCompression;
import org.hgwire.core.encoding.ZstdLibrary;
import org.jspecify.annotations.Nullable;

/**
 * What a client can do; the requirements of each entry of a manifest are compared with it.
 *
 * @param serverNames whether it sends Server Name Indication
 * @param memory how much memory it has, in bytes
 * @param allowSha1 whether a DIGEST of SHA-1 alone is enough
 * @param origin the repository that the manifest came from: one over https never leads to http, and
 *     a manifest or bundle over http needs a DIGEST; null to skip these checks
 * @param compressions which compressions of bundles it reads
 * @param inlineBundles whether it reads {@linkplain CloneBundleEntry#inlinePath inline bundles}
 */
public record ClientCapabilities(
    boolean serverNames,
    long memory,
    boolean allowSha1,
    @Nullable URI origin,
    Set<BundleCompression> compressions,
    boolean inlineBundles) {
  /** Checks that the memory is not negative, and copies the set. */
  public ClientCapabilities {
    if (memory < 0) {
      throw new IllegalArgumentException("memory is not negative");
    }
    compressions = Set.copyOf(compressions);
  }

  /**
   * Returns the capabilities of this library on this platform: it sends server names, its memory is
   * the maximum size of the heap, and it reads every compression, except zstd where its {@linkplain
   * ZstdLibrary library} cannot be loaded. SHA-1 alone is not enough, there is no origin, and
   * inline bundles are not read: for these it depends on the server.
   */
  public static ClientCapabilities ofPlatform() {
    ClientCapabilities all =
        new ClientCapabilities(
            true,
            Runtime.getRuntime().maxMemory(),
            false,
            null,
            EnumSet.allOf(BundleCompression.class),
            false);
    return ZstdLibrary.problem().isPresent() ? all.without(BundleCompression.ZSTD) : all;
  }

  /** Returns these capabilities with {@code serverNames} set. */
  public ClientCapabilities withServerNames(boolean sent) {
    return new ClientCapabilities(sent, memory, allowSha1, origin, compressions, inlineBundles);
  }

  /** Returns these capabilities with another memory, in bytes. */
  public ClientCapabilities withMemory(long bytes) {
    return new ClientCapabilities(
        serverNames, bytes, allowSha1, origin, compressions, inlineBundles);
  }

  /** Returns these capabilities with {@code allowSha1} set. */
  public ClientCapabilities withAllowSha1(boolean allow) {
    return new ClientCapabilities(serverNames, memory, allow, origin, compressions, inlineBundles);
  }

  /** Returns these capabilities for a manifest of the repository at {@code url}. */
  public ClientCapabilities withOrigin(URI url) {
    return new ClientCapabilities(serverNames, memory, allowSha1, url, compressions, inlineBundles);
  }

  /** Returns these capabilities with {@code inlineBundles} set. */
  public ClientCapabilities withInlineBundles(boolean read) {
    return new ClientCapabilities(serverNames, memory, allowSha1, origin, compressions, read);
  }

  /** Returns these capabilities without one compression. */
  public ClientCapabilities without(BundleCompression compression) {
    Set<BundleCompression> others = EnumSet.noneOf(BundleCompression.class);
    others.addAll(compressions);
    others.remove(compression);
    return new ClientCapabilities(serverNames, memory, allowSha1, origin, others, inlineBundles);
  }
}
