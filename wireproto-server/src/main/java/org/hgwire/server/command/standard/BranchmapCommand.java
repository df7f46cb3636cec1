// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.BranchmapRequest;
import org.hgwire.core.command.BranchmapResponse;
import org.hgwire.core.command.Node;
import org.hgwire.server.command.CommandCall;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.Permission;
import org.hgwire.server.repository.graph.BranchHeads;

/** The heads of named branches (wireprotocolv2, branchmap). */
final class BranchmapCommand extends ShortCommand {
  static CommandDefinition definition() {
    return CommandDefinition.named(BranchmapRequest.COMMAND)
        .permission(Permission.PULL)
        .runs(new BranchmapCommand());
  }

  @Override
  CborValue respond(CommandCall call, RequestView view) throws IOException {
    Map<ByteString, List<Node>> branches = new LinkedHashMap<>();
    BranchHeads.of(view.graph())
        .forEach((name, heads) -> branches.put(name, view.graph().nodes(heads)));
    return new BranchmapResponse(branches).toCbor();
  }
}
