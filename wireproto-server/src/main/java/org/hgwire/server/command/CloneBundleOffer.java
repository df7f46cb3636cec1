// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.hgwire.core.ByteString;
import org.hgwire.redirects.clonebundles.CloneBundleEntry;
import org.hgwire.redirects.clonebundles.CloneBundleManifest;
import org.hgwire.server.repository.Repository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clone bundles that are offered to clients of either version of the protocol. Safe for use by
 * several threads.
 */
public final class CloneBundleOffer {
  private static final Logger LOG = LoggerFactory.getLogger(CloneBundleOffer.class);

  /** Bundles that are sent over the connection to the server, which this library does not do. */
  private static final String INLINE = "peer-bundle-cache:";

  private final CloneBundleSource source;

  /** Makes the offer of the bundles of {@code source}. */
  public CloneBundleOffer(CloneBundleSource source) {
    this.source = source;
  }

  /** Returns whether there is a source of clone bundles at all. */
  public boolean isConfigured() {
    return source != CloneBundleSource.NONE;
  }

  /**
   * Returns whether clone bundles are advertised to a caller. They are not if the source fails: the
   * client can still pull, and the failure is logged.
   */
  public boolean isMadeTo(Caller caller, Repository repository) {
    try {
      return isConfigured() && !entries(caller, repository).isEmpty();
    } catch (IOException | RuntimeException failure) {
      LOG.error("the source of clone bundles failed; none are advertised to {}", caller, failure);
      return false;
    }
  }

  /**
   * Returns the manifest for a caller as text; empty if there is none. Inline bundles are left out.
   *
   * @throws IOException if it cannot be read
   */
  public ByteString manifest(Caller caller, Repository repository) throws IOException {
    return CloneBundleManifest.of(entries(caller, repository)).print();
  }

  private List<CloneBundleEntry> entries(Caller caller, Repository repository) throws IOException {
    CloneBundleManifest manifest = source.manifest(caller, repository);
    return manifest == null
        ? List.of()
        : manifest.entries().stream().filter(entry -> !isInline(entry)).toList();
  }

  private static boolean isInline(CloneBundleEntry entry) {
    return entry.url().toLowerCase(Locale.ROOT).startsWith(INLINE);
  }
}
