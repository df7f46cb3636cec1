// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.ArgumentDescriptor;
import org.hgwire.core.command.ArgumentType;
import org.hgwire.core.command.KnownRequest;
import org.hgwire.core.command.KnownResponse;
import org.hgwire.server.command.CommandCall;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.Permission;
import org.hgwire.server.repository.ChangesetIndex;

/** Which of some changesets are known (wireprotocolv2, known). */
final class KnownCommand extends ShortCommand {
  static CommandDefinition definition() {
    return CommandDefinition.named(KnownRequest.COMMAND)
        .permission(Permission.PULL)
        .argument("nodes", ArgumentDescriptor.optional(ArgumentType.LIST, CborArray.of()))
        .runs(new KnownCommand());
  }

  @Override
  CborValue respond(CommandCall call, RequestView view) {
    return KnownResponse.of(
            RequestView.read(call, KnownRequest::read).nodes().stream()
                .map(node -> view.graph().find(node) != ChangesetIndex.NONE)
                .toList())
        .toCbor();
  }
}
