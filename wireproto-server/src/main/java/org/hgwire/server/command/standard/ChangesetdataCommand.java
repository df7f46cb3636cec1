// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborSet;
import org.hgwire.core.command.ArgumentDescriptor;
import org.hgwire.core.command.ArgumentType;
import org.hgwire.core.command.ChangesetField;
import org.hgwire.core.command.ChangesetdataRequest;
import org.hgwire.server.command.CommandCall;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.ObjectSource;
import org.hgwire.server.command.Permission;
import org.hgwire.server.repository.graph.ChangesetGraph;
import org.hgwire.server.repository.keys.Bookmarks;
import org.hgwire.server.repository.work.Work;

/** Data of changesets (wireprotocolv2, changesetdata). */
final class ChangesetdataCommand extends PreparedCommand {
  private ChangesetdataCommand(WireLimits limits) {
    super(limits);
  }

  static CommandDefinition definition(WireLimits limits) {
    return CommandDefinition.named(ChangesetdataRequest.COMMAND)
        .permission(Permission.PULL)
        .cacheable()
        .argument("revisions", ArgumentDescriptor.required(ArgumentType.LIST))
        .argument(
            "fields",
            ArgumentDescriptor.optional(ArgumentType.SET, CborSet.of(List.of()))
                .withValidValues(
                    Arrays.stream(ChangesetField.values()).map(ChangesetField::wireName).toList()))
        .runs(new ChangesetdataCommand(limits));
  }

  @Override
  Work<ObjectSource> prepare(CommandCall call, RequestView view) {
    ChangesetdataRequest request = RequestView.read(call, ChangesetdataRequest::read);
    return RequestedChangesets.of(view, request.revisions())
        .then(
            requested ->
                updates(view, request.fields(), requested)
                    .map(
                        updates ->
                            new ChangesetSource(view, request.fields(), requested.all(), updates)));
  }

  private static Work<ChangesetUpdates> updates(
      RequestView view, Set<ChangesetField> fields, RequestedChangesets requested)
      throws IOException {
    Work<NavigableMap<Integer, List<ByteString>>> bookmarks =
        fields.contains(ChangesetField.BOOKMARKS)
            ? Bookmarks.byChangeset(view.snapshot(), view.graph())
            : Work.done(new TreeMap<>());
    return bookmarks.then(
        names ->
            (fields.contains(ChangesetField.PHASE)
                    ? published(view, requested.roots())
                    : Work.done(new BitSet()))
                .map(published -> new ChangesetUpdates(published, names)));
  }

  /**
   * Finds the public changesets from which a client learns the phases of all common changesets:
   * "the response may contain entries for each changeset in the common nodes set with the phase key
   * and without the revision key in order to reflect a phase-only update". Those without a public
   * child among the common ones are enough.
   */
  private static Work<BitSet> published(RequestView view, BitSet roots) {
    ChangesetGraph graph = view.graph();
    return graph
        .ancestors(roots)
        .then(
            common ->
                view.snapshot().publishing()
                    ? Work.done(common)
                    : graph
                        .publicChangesets()
                        .map(
                            published -> {
                              common.and(published);
                              return common;
                            }))
        .then(graph::heads);
  }
}
