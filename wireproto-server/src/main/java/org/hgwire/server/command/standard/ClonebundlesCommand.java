// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import org.hgwire.core.command.ClonebundlesRequest;
import org.hgwire.core.command.ClonebundlesResponse;
import org.hgwire.server.command.CloneBundleOffer;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.ObjectSources;
import org.hgwire.server.command.Permission;

/** The manifest of clone bundles (docs/protocol-extensions.md, clonebundles). */
final class ClonebundlesCommand {
  private ClonebundlesCommand() {}

  static CommandDefinition definition(CloneBundleOffer offer) {
    return CommandDefinition.named(ClonebundlesRequest.COMMAND)
        .permission(Permission.PULL)
        .advertisedTo(offer::isMadeTo)
        .runs(
            call ->
                ObjectSources.of(
                    new ClonebundlesResponse(offer.manifest(call.caller(), call.repository()))
                        .toCbor()));
  }
}
