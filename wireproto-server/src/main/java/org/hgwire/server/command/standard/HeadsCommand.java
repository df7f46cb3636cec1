// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.hgwire.core.cbor.CborBoolean;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.ArgumentDescriptor;
import org.hgwire.core.command.ArgumentType;
import org.hgwire.core.command.HeadsRequest;
import org.hgwire.core.command.HeadsResponse;
import org.hgwire.core.command.Node;
import org.hgwire.server.command.CommandCall;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.Permission;
import org.hgwire.server.repository.graph.ChangesetGraph;

/** The heads of the graph, the newest first (wireprotocolv2, heads). */
final class HeadsCommand extends ShortCommand {
  static CommandDefinition definition() {
    return CommandDefinition.named(HeadsRequest.COMMAND)
        .permission(Permission.PULL)
        .argument(
            "publiconly", ArgumentDescriptor.optional(ArgumentType.BOOL, CborBoolean.of(false)))
        .runs(new HeadsCommand());
  }

  @Override
  CborValue respond(CommandCall call, RequestView view) {
    ChangesetGraph graph = view.graph();
    // "If set, operate on the DAG for public phase changesets only."
    boolean publicOnly = RequestView.read(call, HeadsRequest::read).publicOnly();
    List<Node> heads =
        new ArrayList<>(
            graph.nodes(graph.heads(publicOnly ? graph.publicChangesets() : graph.visible())));
    Collections.reverse(heads);
    return new HeadsResponse(heads).toCbor();
  }
}
