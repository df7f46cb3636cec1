// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.ServerCapabilities;
import org.hgwire.server.command.Caller;
import org.hgwire.server.command.CloneBundleOffer;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.CommandSettings;
import org.hgwire.server.command.standard.StandardCommands;
import org.hgwire.server.repository.Repository;
import org.jspecify.annotations.Nullable;

/**
 * The commands of a server, by name: the standard ones and those a host adds. {@link
 * ServerOptions.Builder} makes it. Immutable; may be shared between threads.
 */
public final class CommandRegistry {
  /** Longer names are not looked up. It bounds work, so it is no WireLimit. */
  private static final int MAX_NAME_BYTES = 255;

  /** The command of version 1 that has no counterpart in version 2. */
  public static final String GETBUNDLE = "getbundle";

  private final Map<String, CommandDefinition> definitions;
  private final StandardCommands standard;
  private final CloneBundleOffer cloneBundles;
  private final CommandSettings settings;
  private final boolean servesBundles;

  CommandRegistry(
      Map<String, CommandDefinition> definitions,
      StandardCommands standard,
      CloneBundleOffer cloneBundles,
      CommandSettings settings,
      boolean servesBundles) {
    this.definitions = definitions;
    this.standard = standard;
    this.cloneBundles = cloneBundles;
    this.settings = settings;
    this.servesBundles = servesBundles;
  }

  /** Returns the command of that name, or null if there is none. */
  public @Nullable CommandDefinition find(String name) {
    return definitions.get(name);
  }

  /** Returns the command of that name, or null if there is none. */
  public @Nullable CommandDefinition find(ByteString name) {
    return name.length() > MAX_NAME_BYTES ? null : definitions.get(name.utf8());
  }

  /** Returns all commands. */
  public Collection<CommandDefinition> definitions() {
    return definitions.values();
  }

  /**
   * Returns the capabilities that the command {@code capabilities} and the handshake report to a
   * caller about a repository.
   *
   * @throws IOException if the repository cannot be read
   */
  public ServerCapabilities capabilities(Caller caller, Repository repository) throws IOException {
    return standard.capabilities(caller, repository);
  }

  /** Returns the clone bundles that are offered to clients. */
  public CloneBundleOffer cloneBundles() {
    return cloneBundles;
  }

  /** Returns the limits of the standard commands. */
  public CommandSettings settings() {
    return settings;
  }

  /** Returns whether clients of version 1 can pull: {@value #GETBUNDLE} is not left out. */
  public boolean servesBundles() {
    return servesBundles;
  }
}
