// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.version1;

import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.BranchmapRequest;
import org.hgwire.core.command.ClonebundlesRequest;
import org.hgwire.core.command.KnownRequest;
import org.hgwire.core.command.ListkeysRequest;
import org.hgwire.core.command.LookupRequest;
import org.hgwire.core.command.ServerCapabilities;
import org.hgwire.server.CommandRegistry;
import org.hgwire.server.command.Caller;
import org.hgwire.server.repository.Repository;

/** The capabilities of a server (wireprotocol, Capabilities), and the command that returns them. */
final class Version1Capabilities implements Version1Command {
  private final CommandRegistry registry;
  private final List<String> transport;

  /** Makes the capabilities of a server with these commands. */
  Version1Capabilities(CommandRegistry registry, List<String> transport) {
    this.registry = registry;
    this.transport = List.copyOf(transport);
  }

  @Override
  public boolean isOfferedBy(CommandRegistry offering) {
    return true;
  }

  @Override
  public Version1Call open(Version1Session session, Version1Arguments arguments)
      throws IOException {
    return Version1Call.of(new Version1Response.Whole(of(session.caller(), session.repository())));
  }

  /**
   * Returns what is reported to a caller about a repository.
   *
   * @throws IOException if the repository cannot be read
   */
  ByteString of(Caller caller, Repository repository) throws IOException {
    ServerCapabilities offered = registry.capabilities(caller, repository);
    TreeSet<String> all = new TreeSet<>(transport);
    all.add(Version1Commands.BATCH);
    for (String name :
        List.of(
            BranchmapRequest.COMMAND,
            ClonebundlesRequest.COMMAND,
            KnownRequest.COMMAND,
            LookupRequest.COMMAND)) {
      if (offered.command(name) != null) {
        all.add(name);
      }
    }
    // "Whether the server supports the 'pushkey' and 'listkeys' commands": without it no client
    // lists keys, whether it may set them or not.
    if (offered.command(ListkeysRequest.COMMAND) != null) {
      all.add("pushkey");
    }
    if (registry.find(ClonebundlesRequest.COMMAND) != null
        && registry.cloneBundles().isMadeInFullTo(caller, repository)) {
      all.add(ManifestCommand.NAME);
    }
    if (registry.servesBundles()) {
      all.add(CommandRegistry.GETBUNDLE);
      all.add("bundle2=" + GetbundleCommand.capabilities(repository).quoted());
    }
    return ByteString.utf8(String.join(" ", all));
  }
}
