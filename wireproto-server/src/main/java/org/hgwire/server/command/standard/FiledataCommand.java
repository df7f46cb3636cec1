// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.hgwire.core.cbor.CborBoolean;
import org.hgwire.core.cbor.CborSet;
import org.hgwire.core.command.ArgumentDescriptor;
import org.hgwire.core.command.ArgumentType;
import org.hgwire.core.command.DataHeader;
import org.hgwire.core.command.FileField;
import org.hgwire.core.command.FiledataRequest;
import org.hgwire.server.command.CommandCall;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.CommandSettings;
import org.hgwire.server.command.ObjectSource;
import org.hgwire.server.command.Permission;
import org.hgwire.server.repository.FileChange;
import org.hgwire.server.repository.RevisionStore;

/** Data of the revisions of one file (wireprotocolv2, filedata). */
final class FiledataCommand extends StreamedCommand {
  private final CommandSettings settings;

  private FiledataCommand(CommandSettings settings) {
    this.settings = settings;
  }

  static CommandDefinition definition(CommandSettings settings) {
    return CommandDefinition.named(FiledataRequest.COMMAND)
        .permission(Permission.PULL)
        .cacheable()
        .argument("path", ArgumentDescriptor.required(ArgumentType.BYTES))
        .argument("nodes", ArgumentDescriptor.required(ArgumentType.LIST))
        .argument("fields", fields())
        .argument(
            "haveparents", ArgumentDescriptor.optional(ArgumentType.BOOL, CborBoolean.of(false)))
        .runs(new FiledataCommand(settings));
  }

  /** Returns the argument {@code fields} of commands that send file revisions. */
  static ArgumentDescriptor fields() {
    return ArgumentDescriptor.optional(ArgumentType.SET, CborSet.of(List.of()))
        .withValidValues(Arrays.stream(FileField.values()).map(FileField::wireName).toList());
  }

  @Override
  ObjectSource start(CommandCall call, RequestView view) throws IOException {
    FiledataRequest request = RequestView.read(call, FiledataRequest::read);
    RevisionStore store = view.snapshot().file(request.path());
    List<ServedRevision> revisions =
        new RevisionSelection(
                view,
                "file \"" + request.path() + "\"",
                changeset ->
                    view.snapshot().changes(changeset).stream()
                        .filter(change -> change.path().equals(request.path()))
                        .map(FileChange::node)
                        .filter(Objects::nonNull)
                        .toList())
            .select(store, request.nodes());
    RevisionSeries.Options options =
        RevisionSeries.Options.ofFiles(request.fields(), request.haveParents(), settings);
    return new RevisionSource(
        view,
        new DataHeader(revisions.size()).toCbor(),
        new RevisionSeries(view.index(), store == null ? node -> null : store, revisions, options));
  }
}
