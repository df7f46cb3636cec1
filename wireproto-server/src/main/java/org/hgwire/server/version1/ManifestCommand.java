// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.version1;

import java.io.IOException;
import org.hgwire.core.command.ClonebundlesRequest;
import org.hgwire.server.CommandRegistry;
import org.hgwire.server.command.CloneBundleOffer;

/**
 * The manifest of clone bundles with inline ones ({@code clonebundles_manifest}), for clients that
 * know of those. It is there wherever {@code clonebundles} is.
 */
final class ManifestCommand implements Version1Command {
  static final String NAME = "clonebundles_manifest";

  private final CloneBundleOffer offer;

  ManifestCommand(CloneBundleOffer offer) {
    this.offer = offer;
  }

  @Override
  public boolean isOfferedBy(CommandRegistry registry) {
    return registry.find(ClonebundlesRequest.COMMAND) != null;
  }

  @Override
  public Version1Call open(Version1Session session, Version1Arguments arguments)
      throws IOException {
    return Version1Call.of(
        new Version1Response.Whole(offer.fullManifest(session.caller(), session.repository())));
  }
}
