// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborBoolean;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborSet;
import org.hgwire.core.command.ArgumentDescriptor;
import org.hgwire.core.command.ArgumentType;
import org.hgwire.core.command.ManifestField;
import org.hgwire.core.command.ManifestdataRequest;
import org.hgwire.server.command.CommandCall;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.CommandSettings;
import org.hgwire.server.command.ObjectSource;
import org.hgwire.server.command.Permission;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.RevisionStore;
import org.hgwire.server.repository.work.Work;

/** Data of manifests (wireprotocolv2, manifestdata). */
final class ManifestdataCommand extends PreparedCommand {
  private final CommandSettings settings;

  private ManifestdataCommand(CommandSettings settings, WireLimits limits) {
    super(limits);
    this.settings = settings;
  }

  static CommandDefinition definition(CommandSettings settings, WireLimits limits) {
    return CommandDefinition.named(ManifestdataRequest.COMMAND)
        .permission(Permission.PULL)
        .cacheable()
        .argument("tree", ArgumentDescriptor.required(ArgumentType.BYTES))
        .argument("nodes", ArgumentDescriptor.required(ArgumentType.LIST))
        .argument(
            "fields",
            ArgumentDescriptor.optional(ArgumentType.SET, CborSet.of(List.of()))
                .withValidValues(
                    Arrays.stream(ManifestField.values()).map(ManifestField::wireName).toList()))
        .argument(
            "haveparents", ArgumentDescriptor.optional(ArgumentType.BOOL, CborBoolean.of(false)))
        .extra("recommendedbatchsize", CborInteger.of(settings.manifestBatch()))
        .runs(new ManifestdataCommand(settings, limits));
  }

  @Override
  Work<ObjectSource> prepare(CommandCall call, RequestView view) throws IOException {
    ManifestdataRequest request = RequestView.read(call, ManifestdataRequest::read);
    ChangesetIndex index = view.index();
    RevisionStore store = view.snapshot().manifests(request.tree());
    RevisionSeries.Options options =
        RevisionSeries.Options.ofManifests(request.fields(), request.haveParents(), settings);
    return new RevisionSelection(
            view,
            store,
            request.tree().isEmpty() ? "manifest" : "manifest of " + request.tree().excerpt(),
            changeset -> request.tree().isEmpty() ? List.of(index.manifest(changeset)) : List.of())
        .select(request.nodes())
        .map(revisions -> RevisionSource.of(index, store, revisions, options));
  }
}
