// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.io.IOException;
import java.util.BitSet;
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

/** Data of the files of changesets (wireprotocolv2, filesdata). */
final class FilesdataCommand extends StreamedCommand {
  private final CommandSettings settings;

  private FilesdataCommand(CommandSettings settings) {
    this.settings = settings;
  }

  static CommandDefinition definition(CommandSettings settings) {
    return CommandDefinition.named(FilesdataRequest.COMMAND)
        .permission(Permission.PULL)
        .cacheable()
        .argument("revisions", ArgumentDescriptor.required(ArgumentType.LIST))
        .argument("fields", FiledataCommand.fields())
        .argument(
            "haveparents", ArgumentDescriptor.optional(ArgumentType.BOOL, CborBoolean.of(false)))
        .argument("pathfilter", ArgumentDescriptor.optional(ArgumentType.DICT, CborNull.NULL))
        .extra("recommendedbatchsize", CborInteger.of(settings.filesBatch()))
        .runs(new FilesdataCommand(settings));
  }

  @Override
  ObjectSource start(CommandCall call, RequestView view) throws IOException {
    FilesdataRequest request = RequestView.read(call, FilesdataRequest::read);
    BitSet changesets = view.resolve(request.revisions());
    RequestedFiles files =
        new RequestedFiles(view, request.pathFilter(), settings.maxFileRevisions());
    if (request.haveParents()) {
      files.addIntroduced(changesets);
    } else {
      files.addReferenced(changesets);
    }
    RevisionSeries.Options options =
        RevisionSeries.Options.ofFiles(request.fields(), request.haveParents(), settings);
    return new FilesSource(view, files, options);
  }
}
