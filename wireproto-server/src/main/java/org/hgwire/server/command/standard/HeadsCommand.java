// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborBoolean;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.ArgumentDescriptor;
import org.hgwire.core.command.ArgumentType;
import org.hgwire.core.command.HeadsRequest;
import org.hgwire.core.command.HeadsResponse;
import org.hgwire.server.command.CommandCall;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.Permission;
import org.hgwire.server.repository.graph.ChangesetGraph;
import org.hgwire.server.repository.work.Work;

/** The heads of the graph, the newest first (wireprotocolv2, heads). */
final class HeadsCommand extends ShortCommand {
  private HeadsCommand(WireLimits limits) {
    super(limits);
  }

  static CommandDefinition definition(WireLimits limits) {
    return CommandDefinition.named(HeadsRequest.COMMAND)
        .permission(Permission.PULL)
        .argument(
            "publiconly", ArgumentDescriptor.optional(ArgumentType.BOOL, CborBoolean.of(false)))
        .runs(new HeadsCommand(limits));
  }

  @Override
  Work<CborValue> respond(CommandCall call, RequestView view) {
    ChangesetGraph graph = view.graph();
    // "If set, operate on the DAG for public phase changesets only."
    boolean publicOnly = RequestView.read(call, HeadsRequest::read).publicOnly();
    return (publicOnly ? graph.publicHeads() : graph.heads())
        .map(nodes -> new HeadsResponse(nodes).toCbor());
  }
}
