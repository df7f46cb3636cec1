// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.CapabilitiesRequest;
import org.hgwire.core.command.CommandDescriptor;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.core.command.ServerCapabilities;
import org.hgwire.server.command.Caller;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.ObjectSources;
import org.hgwire.server.command.Permission;
import org.hgwire.server.command.RedirectAdvertiser;
import org.hgwire.server.repository.Repository;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.StoreFiles;

/** The capabilities of the server (wireprotocolv2, capabilities). */
final class CapabilitiesCommand {
  static final String NAME = CapabilitiesRequest.COMMAND;

  private static final List<ByteString> PATH_FILTER_PREFIXES =
      List.of(ByteString.utf8("path:"), ByteString.utf8("rootfilesin:"));

  private final Map<String, CommandDefinition> definitions;
  private final RedirectAdvertiser redirects;

  /** Makes the command; {@code definitions} may still be added to until the first call. */
  CapabilitiesCommand(Map<String, CommandDefinition> definitions, RedirectAdvertiser redirects) {
    this.definitions = definitions;
    this.redirects = redirects;
  }

  CommandDefinition definition() {
    return CommandDefinition.named(NAME)
        .permission(Permission.PULL)
        .runs(call -> ObjectSources.of(of(call.caller(), call.repository()).toCbor()));
  }

  ServerCapabilities of(Caller caller, Repository repository) throws IOException {
    try (RepositorySnapshot snapshot = repository.snapshot()) {
      Map<ByteString, CommandDescriptor> commands = new TreeMap<>();
      for (CommandDefinition definition : definitions.values()) {
        if (definition.isAvailable(snapshot) && definition.isAdvertisedTo(caller, repository)) {
          commands.put(ByteString.utf8(definition.name()), definition.descriptor());
        }
      }
      StoreFiles store = snapshot.storeFiles();
      List<ByteString> formats =
          store == null ? List.of() : store.formats().stream().sorted().toList();
      return new ServerCapabilities(
          commands,
          List.of(ByteString.utf8(HttpV2Api.FRAMING_MEDIA_TYPE)),
          PATH_FILTER_PREFIXES,
          formats,
          redirects.advertise(caller, repository));
    }
  }
}
