// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.hgwire.core.cbor.CborSet;
import org.hgwire.core.command.ArgumentDescriptor;
import org.hgwire.core.command.ArgumentType;
import org.hgwire.core.command.ChangesetField;
import org.hgwire.core.command.ChangesetdataRequest;
import org.hgwire.core.command.RevisionSpecifier;
import org.hgwire.server.command.CommandCall;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.ObjectSource;
import org.hgwire.server.command.Permission;
import org.hgwire.server.repository.graph.ChangesetGraph;

/** Data of changesets (wireprotocolv2, changesetdata). */
final class ChangesetdataCommand extends StreamedCommand {
  static CommandDefinition definition() {
    return CommandDefinition.named(ChangesetdataRequest.COMMAND)
        .permission(Permission.PULL)
        .cacheable()
        .argument("revisions", ArgumentDescriptor.required(ArgumentType.LIST))
        .argument(
            "fields",
            ArgumentDescriptor.optional(ArgumentType.SET, CborSet.of(List.of()))
                .withValidValues(
                    Arrays.stream(ChangesetField.values()).map(ChangesetField::wireName).toList()))
        .runs(new ChangesetdataCommand());
  }

  @Override
  ObjectSource start(CommandCall call, RequestView view) throws IOException {
    ChangesetdataRequest request = RequestView.read(call, ChangesetdataRequest::read);
    return new ChangesetSource(
        view,
        request.fields(),
        view.resolve(request.revisions()),
        published(view, request.revisions()));
  }

  /**
   * Returns the public changesets from which a client learns the phases of all common changesets:
   * "the response may contain entries for each changeset in the common nodes set with the phase key
   * and without the revision key in order to reflect a phase-only update". Those without a public
   * child among the common ones are enough.
   */
  private static BitSet published(RequestView view, List<RevisionSpecifier> specifiers) {
    BitSet roots = new BitSet();
    for (RevisionSpecifier specifier : specifiers) {
      if (specifier instanceof RevisionSpecifier.ChangesetDagRange range) {
        roots.or(view.known(range.roots()));
      }
    }
    ChangesetGraph graph = view.graph();
    BitSet common = graph.ancestors(roots);
    if (!view.snapshot().publishing()) {
      common.and(graph.publicChangesets());
    }
    return graph.heads(common);
  }
}
