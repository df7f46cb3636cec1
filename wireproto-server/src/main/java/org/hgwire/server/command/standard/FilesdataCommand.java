// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborBoolean;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborNull;
import org.hgwire.core.command.ArgumentDescriptor;
import org.hgwire.core.command.ArgumentType;
import org.hgwire.core.command.FilesdataRequest;
import org.hgwire.server.command.CommandCall;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.CommandSettings;
import org.hgwire.server.command.ObjectSource;
import org.hgwire.server.command.Permission;
import org.hgwire.server.repository.work.Work;

/** Data of the files of changesets (wireprotocolv2, filesdata). */
final class FilesdataCommand extends PreparedCommand {
  private final CommandSettings settings;
  private final WireLimits limits;

  private FilesdataCommand(CommandSettings settings, WireLimits limits) {
    super(limits);
    this.settings = settings;
    this.limits = limits;
  }

  static CommandDefinition definition(CommandSettings settings, WireLimits limits) {
    return CommandDefinition.named(FilesdataRequest.COMMAND)
        .permission(Permission.PULL)
        .cacheable()
        .argument("revisions", ArgumentDescriptor.required(ArgumentType.LIST))
        .argument("fields", FiledataCommand.fields())
        .argument(
            "haveparents", ArgumentDescriptor.optional(ArgumentType.BOOL, CborBoolean.of(false)))
        .argument("pathfilter", ArgumentDescriptor.optional(ArgumentType.DICT, CborNull.NULL))
        .extra("recommendedbatchsize", CborInteger.of(settings.filesBatch()))
        .runs(new FilesdataCommand(settings, limits));
  }

  @Override
  Work<ObjectSource> prepare(CommandCall call, RequestView view) {
    FilesdataRequest request =
        RequestView.read(call, arguments -> FilesdataRequest.read(arguments, limits));
    RequestedFiles files =
        new RequestedFiles(view, request.pathFilter(), settings.maxFileRevisions());
    RevisionSeries.Options options =
        RevisionSeries.Options.ofFiles(request.fields(), request.haveParents(), settings);
    return RequestedChangesets.of(view, request.revisions())
        .then(changesets -> files.find(changesets.all(), request.haveParents()))
        .map(found -> new FilesSource(view, found, options));
  }
}
