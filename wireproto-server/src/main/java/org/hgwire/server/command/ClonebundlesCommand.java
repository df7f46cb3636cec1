// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command;

import org.hgwire.core.command.CloneBundlesRequest;
import org.hgwire.core.command.CloneBundlesResponse;

/** The manifest of clone bundles (docs/protocol-extensions.md, clonebundles). */
final class ClonebundlesCommand {
  private ClonebundlesCommand() {}

  static CommandDefinition definition(CloneBundleOffer offer) {
    return CommandDefinition.named(CloneBundlesRequest.COMMAND)
        .permission(Permission.PULL)
        .advertisedTo(offer::isMadeTo)
        .runs(
            call ->
                ObjectSources.of(
                    new CloneBundlesResponse(offer.manifest(call.caller(), call.repository()))
                        .toCbor()));
  }
}
