// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.WireLimits;
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
import org.hgwire.server.repository.work.Work;

/** Which of some changesets are known (wireprotocolv2, known). */
final class KnownCommand extends ShortCommand {
  private KnownCommand(WireLimits limits) {
    super(limits);
  }

  static CommandDefinition definition(WireLimits limits) {
    return CommandDefinition.named(KnownRequest.COMMAND)
        .permission(Permission.PULL)
        .argument("nodes", ArgumentDescriptor.optional(ArgumentType.LIST, CborArray.of()))
        .runs(new KnownCommand(limits));
  }

  @Override
  Work<CborValue> respond(CommandCall call, RequestView view) {
    List<Boolean> known = new ArrayList<>();
    return Work.each(
            RequestView.read(call, KnownRequest::read).nodes().iterator(),
            // Every repository has the null node, as Mercurial's servers say in both versions.
            node -> known.add(node.isNull() || view.graph().find(node) != ChangesetIndex.NONE),
            known)
        .map(found -> KnownResponse.of(found).toCbor());
  }
}
