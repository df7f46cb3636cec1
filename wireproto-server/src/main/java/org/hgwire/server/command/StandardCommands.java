// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command;

import java.util.List;

/** The commands that the protocol defines, but {@code capabilities}. */
final class StandardCommands {
  private StandardCommands() {}

  static List<CommandDefinition> definitions(CommandSettings settings, PushkeyGuard guard) {
    return List.of(
        BranchmapCommand.definition(),
        ChangesetdataCommand.definition(),
        FiledataCommand.definition(settings),
        FilesdataCommand.definition(settings),
        HeadsCommand.definition(),
        KnownCommand.definition(),
        ListkeysCommand.definition(),
        LookupCommand.definition(),
        ManifestdataCommand.definition(settings),
        PushkeyCommand.definition(guard),
        RawstorefiledataCommand.definition());
  }
}
