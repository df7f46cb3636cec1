// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborBoolean;
import org.hgwire.core.cbor.CborSet;
import org.hgwire.core.command.ArgumentDescriptor;
import org.hgwire.core.command.ArgumentType;
import org.hgwire.core.command.FileField;
import org.hgwire.core.command.FiledataRequest;
import org.hgwire.core.command.Node;
import org.hgwire.server.command.CommandCall;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.CommandSettings;
import org.hgwire.server.command.ObjectSource;
import org.hgwire.server.command.Permission;
import org.hgwire.server.repository.FileChange;
import org.hgwire.server.repository.RevisionStore;
import org.hgwire.server.repository.work.Work;

/** Data of the revisions of one file (wireprotocolv2, filedata). */
final class FiledataCommand extends PreparedCommand {
  private final CommandSettings settings;

  private FiledataCommand(CommandSettings settings, WireLimits limits) {
    super(limits);
    this.settings = settings;
  }

  static CommandDefinition definition(CommandSettings settings, WireLimits limits) {
    return CommandDefinition.named(FiledataRequest.COMMAND)
        .permission(Permission.PULL)
        .cacheable()
        .argument("path", ArgumentDescriptor.required(ArgumentType.BYTES))
        .argument("nodes", ArgumentDescriptor.required(ArgumentType.LIST))
        .argument("fields", fields())
        .argument(
            "haveparents", ArgumentDescriptor.optional(ArgumentType.BOOL, CborBoolean.of(false)))
        .runs(new FiledataCommand(settings, limits));
  }

  /** Returns the argument {@code fields} of commands that send file revisions. */
  static ArgumentDescriptor fields() {
    return ArgumentDescriptor.optional(ArgumentType.SET, CborSet.of(List.of()))
        .withValidValues(Arrays.stream(FileField.values()).map(FileField::wireName).toList());
  }

  @Override
  Work<ObjectSource> prepare(CommandCall call, RequestView view) throws IOException {
    FiledataRequest request = RequestView.read(call, FiledataRequest::read);
    RevisionStore store = view.snapshot().file(request.path());
    RevisionSeries.Options options =
        RevisionSeries.Options.ofFiles(request.fields(), request.haveParents(), settings);
    return new RevisionSelection(
            view,
            store,
            "file \"" + request.path().excerpt() + "\"",
            changeset -> nodesOf(request.path(), view.snapshot().changes(changeset)))
        .select(request.nodes())
        .map(revisions -> RevisionSource.of(view.index(), store, revisions, options));
  }

  private static List<Node> nodesOf(ByteString path, List<FileChange> changes) {
    return changes.stream()
        .filter(change -> change.path().equals(path))
        .map(FileChange::node)
        .filter(Objects::nonNull)
        .toList();
  }
}
