// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.BranchmapRequest;
import org.hgwire.core.command.BranchmapResponse;
import org.hgwire.core.command.Node;
import org.hgwire.server.command.CommandCall;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.Permission;
import org.hgwire.server.repository.work.Work;

/** The heads of named branches (wireprotocolv2, branchmap). */
final class BranchmapCommand extends ShortCommand {
  private BranchmapCommand(WireLimits limits) {
    super(limits);
  }

  static CommandDefinition definition(WireLimits limits) {
    return CommandDefinition.named(BranchmapRequest.COMMAND)
        .permission(Permission.PULL)
        .runs(new BranchmapCommand(limits));
  }

  @Override
  Work<CborValue> respond(CommandCall call, RequestView view) {
    Map<ByteString, List<Node>> branches = new LinkedHashMap<>();
    return view.graph()
        .branchHeads()
        .then(
            heads ->
                Work.each(
                    heads.entrySet().iterator(),
                    branch ->
                        branches.put(
                            branch.getKey(),
                            branch.getValue().stream().map(view.index()::node).toList()),
                    branches))
        .map(found -> new BranchmapResponse(found).toCbor());
  }
}
