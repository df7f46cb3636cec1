// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.ServerCapabilities;
import org.hgwire.server.command.Caller;
import org.hgwire.server.command.CloneBundleOffer;
import org.hgwire.server.command.CloneBundleSource;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.CommandSettings;
import org.hgwire.server.command.PushkeyGuard;
import org.hgwire.server.command.RedirectAdvertiser;
import org.hgwire.server.command.standard.StandardCommands;
import org.hgwire.server.repository.Repository;
import org.jspecify.annotations.Nullable;

/**
 * The commands of a server, by name: the standard ones, and those a host adds. Immutable; may be
 * shared between threads.
 */
public final class CommandRegistry {
  private final Map<String, CommandDefinition> definitions;
  private final StandardCommands standard;
  private final CloneBundleOffer cloneBundles;

  private CommandRegistry(
      Map<String, CommandDefinition> definitions,
      StandardCommands standard,
      CloneBundleOffer cloneBundles) {
    this.definitions = definitions;
    this.standard = standard;
    this.cloneBundles = cloneBundles;
  }

  /** Returns a registry of the standard commands alone. */
  public static CommandRegistry standard() {
    return builder().build();
  }

  /** Begins a registry that has the standard commands. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the command of that name, or null if there is none. */
  public @Nullable CommandDefinition find(String name) {
    return definitions.get(name);
  }

  /** Returns the command of that name, or null if there is none. */
  public @Nullable CommandDefinition find(ByteString name) {
    return name.length() > 255 ? null : definitions.get(name.utf8());
  }

  /** Returns all commands. */
  public Collection<CommandDefinition> definitions() {
    return definitions.values();
  }

  /**
   * Returns what the command {@code capabilities} and the handshake say of a repository to a
   * caller.
   *
   * @throws IOException if the repository cannot be read
   */
  public ServerCapabilities capabilities(Caller caller, Repository repository) throws IOException {
    return standard.capabilities(caller, repository);
  }

  /** Returns what clients are told of clone bundles. */
  public CloneBundleOffer cloneBundles() {
    return cloneBundles;
  }

  /** Collects commands. Not safe for use by several threads. */
  public static final class Builder {
    private final Map<String, CommandDefinition> added = new LinkedHashMap<>();
    private CommandSettings settings = CommandSettings.defaults();
    private PushkeyGuard guard = request -> {};
    private RedirectAdvertiser redirects = (caller, repository) -> null;
    private CloneBundleSource cloneBundles = CloneBundleSource.NONE;

    private Builder() {}

    /**
     * Adds a command of the host's own.
     *
     * @throws IllegalArgumentException if there is one of that name
     */
    public Builder add(CommandDefinition definition) {
      if (added.putIfAbsent(definition.name(), definition) != null) {
        throw twice(definition);
      }
      return this;
    }

    /** Sets the limits and batch sizes of the standard commands. */
    public Builder settings(CommandSettings settings) {
      this.settings = settings;
      return this;
    }

    /** Sets who is asked before {@code pushkey} changes anything. */
    public Builder pushkeyGuard(PushkeyGuard guard) {
      this.guard = guard;
      return this;
    }

    /** Sets what the capabilities say of redirects; nothing by default. */
    public Builder redirects(RedirectAdvertiser redirects) {
      this.redirects = redirects;
      return this;
    }

    /**
     * Sets which clone bundles clients are told of; none by default. The registry then has the
     * command of {@link org.hgwire.core.command.ClonebundlesRequest}, advertised to those for whom
     * there is a manifest with entries.
     */
    public Builder cloneBundles(CloneBundleSource cloneBundles) {
      this.cloneBundles = cloneBundles;
      return this;
    }

    /**
     * Returns the registry.
     *
     * @throws IllegalArgumentException if an added command has the name of a standard one
     */
    public CommandRegistry build() {
      Map<String, CommandDefinition> all = new LinkedHashMap<>();
      CloneBundleOffer offer = new CloneBundleOffer(cloneBundles);
      StandardCommands standard =
          new StandardCommands(Collections.unmodifiableMap(all), settings, guard, redirects, offer);
      for (CommandDefinition definition : standard.definitions()) {
        all.put(definition.name(), definition);
      }
      for (CommandDefinition definition : added.values()) {
        if (all.putIfAbsent(definition.name(), definition) != null) {
          throw twice(definition);
        }
      }
      return new CommandRegistry(Collections.unmodifiableMap(all), standard, offer);
    }

    private static IllegalArgumentException twice(CommandDefinition definition) {
      return new IllegalArgumentException("there are two commands " + definition.name());
    }
  }
}
