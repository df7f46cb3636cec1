// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.version1;

import java.io.IOException;
import java.nio.file.Path;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.ClonebundlesRequest;
import org.hgwire.server.CommandRegistry;
import org.hgwire.server.command.CloneBundleOffer;
import org.hgwire.server.command.CommandException;

/**
 * A clone bundle over the connection to the server ({@code get_cached_bundle_inline}): its length,
 * seven bits a byte and the lowest first, and the file.
 */
final class InlineBundleCommand implements Version1Command {
  static final String NAME = "get_cached_bundle_inline";

  private final CloneBundleOffer offer;

  InlineBundleCommand(CloneBundleOffer offer) {
    this.offer = offer;
  }

  @Override
  public boolean isOfferedBy(CommandRegistry registry) {
    return registry.find(ClonebundlesRequest.COMMAND) != null;
  }

  @Override
  public Version1Call open(Version1Session session, Version1Arguments arguments)
      throws IOException {
    ByteString path = arguments.require("path");
    Path file = offer.inlineBundle(session.caller(), session.repository(), path.utf8());
    if (file == null) {
      throw new CommandException("there is no inline bundle '" + path.excerpt() + "' here");
    }
    return Version1Call.of(new Version1Response.Stream(FileSource.open(file), false));
  }
}
