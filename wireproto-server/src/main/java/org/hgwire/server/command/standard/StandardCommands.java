// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hgwire.core.WireLimits;
import org.hgwire.core.command.ServerCapabilities;
import org.hgwire.server.command.Caller;
import org.hgwire.server.command.CloneBundleOffer;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.CommandSettings;
import org.hgwire.server.command.PushkeyGuard;
import org.hgwire.server.command.RedirectAdvertiser;
import org.hgwire.server.repository.Repository;

/**
 * The commands that the protocol defines. The only type of this package that others use. Safe for
 * use by several threads.
 */
public final class StandardCommands {
  private final CapabilitiesCommand capabilities;
  private final List<CommandDefinition> definitions = new ArrayList<>();

  /**
   * Makes the commands.
   *
   * @param offered all commands of the server by name, which {@code capabilities} describes; may
   *     still be added to until the first call
   * @param settings limits and batch sizes
   * @param limits how much a call may look at
   * @param guard checked before {@code pushkey} changes anything
   * @param redirects the redirects that {@code capabilities} advertises
   * @param cloneBundles the clone bundles that are offered; without a source there is no command
   *     for them
   */
  public StandardCommands(
      Map<String, CommandDefinition> offered,
      CommandSettings settings,
      WireLimits limits,
      PushkeyGuard guard,
      RedirectAdvertiser redirects,
      CloneBundleOffer cloneBundles) {
    capabilities = new CapabilitiesCommand(offered, redirects);
    definitions.add(capabilities.definition());
    definitions.add(BranchmapCommand.definition(limits));
    definitions.add(ChangesetdataCommand.definition(limits));
    definitions.add(FiledataCommand.definition(settings, limits));
    definitions.add(FilesdataCommand.definition(settings, limits));
    definitions.add(HeadsCommand.definition(limits));
    definitions.add(KnownCommand.definition(limits));
    definitions.add(ListkeysCommand.definition(limits));
    definitions.add(LookupCommand.definition(limits));
    definitions.add(ManifestdataCommand.definition(settings, limits));
    definitions.add(PushkeyCommand.definition(guard, limits));
    definitions.add(RawstorefiledataCommand.definition(limits));
    if (cloneBundles.isConfigured()) {
      definitions.add(ClonebundlesCommand.definition(cloneBundles));
    }
  }

  /** Returns the definitions. */
  public List<CommandDefinition> definitions() {
    return List.copyOf(definitions);
  }

  /**
   * Returns the capabilities that the command {@code capabilities} and the handshake report to a
   * caller about a repository.
   *
   * @throws IOException if the repository cannot be read
   */
  public ServerCapabilities capabilities(Caller caller, Repository repository) throws IOException {
    return capabilities.of(caller, repository);
  }
}
