// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.hgwire.core.WireLimits;
import org.hgwire.server.command.CloneBundleOffer;
import org.hgwire.server.command.CloneBundleSource;
import org.hgwire.server.command.Command;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.CommandSettings;
import org.hgwire.server.command.PushkeyGuard;
import org.hgwire.server.command.RedirectAdvertiser;
import org.hgwire.server.command.standard.StandardCommands;

/** Collects the commands of a server. Not safe for use by several threads. */
final class CommandRegistryBuilder {
  private final Map<String, CommandDefinition> added = new LinkedHashMap<>();
  private final Set<String> leftOut = new LinkedHashSet<>();
  private final List<Wrapping> wrappings = new ArrayList<>();
  private CommandSettings settings = CommandSettings.defaults();
  private PushkeyGuard guard = request -> {};
  private RedirectAdvertiser redirects = (caller, repository) -> null;
  private CloneBundleSource cloneBundles = CloneBundleSource.NONE;

  /** A wrapper of the command of that name. */
  private record Wrapping(String name, UnaryOperator<Command> wrapper) {}

  void add(CommandDefinition definition) {
    if (added.putIfAbsent(definition.name(), definition) != null) {
      throw new IllegalArgumentException("the command " + definition.name() + " is added twice");
    }
  }

  void leaveOut(String name) {
    leftOut.add(name);
  }

  void wrap(String name, UnaryOperator<Command> wrapper) {
    wrappings.add(new Wrapping(name, wrapper));
  }

  void settings(CommandSettings settings) {
    this.settings = settings;
  }

  void pushkeyGuard(PushkeyGuard guard) {
    this.guard = guard;
  }

  void redirects(RedirectAdvertiser redirects) {
    this.redirects = redirects;
  }

  void cloneBundles(CloneBundleSource cloneBundles) {
    this.cloneBundles = cloneBundles;
  }

  /**
   * Returns the registry.
   *
   * @param limits how much a call of a standard command may look at
   * @throws IllegalArgumentException if a command that is left out or wrapped does not exist, or an
   *     added one has the name of a standard one that is not left out
   */
  CommandRegistry build(WireLimits limits) {
    Map<String, CommandDefinition> all = new LinkedHashMap<>();
    CloneBundleOffer offer = new CloneBundleOffer(cloneBundles);
    StandardCommands standard =
        new StandardCommands(
            Collections.unmodifiableMap(all), settings, limits, guard, redirects, offer);
    for (CommandDefinition definition : standard.definitions()) {
      all.put(definition.name(), definition);
    }
    for (String name : leftOut) {
      if (all.remove(name) == null && !name.equals(CommandRegistry.GETBUNDLE)) {
        throw new IllegalArgumentException(
            "there is no standard command " + name + " to leave out");
      }
    }
    for (CommandDefinition definition : added.values()) {
      if (all.putIfAbsent(definition.name(), definition) != null) {
        throw new IllegalArgumentException(
            definition.name()
                + " is a standard command: leave that out with withoutCommand to replace it");
      }
    }
    for (Wrapping wrapping : wrappings) {
      CommandDefinition inner = all.get(wrapping.name());
      if (inner == null) {
        throw new IllegalArgumentException("there is no command " + wrapping.name() + " to wrap");
      }
      all.put(wrapping.name(), inner.wrappedBy(wrapping.wrapper()));
    }
    return new CommandRegistry(
        Collections.unmodifiableMap(all),
        standard,
        offer,
        settings,
        !leftOut.contains(CommandRegistry.GETBUNDLE));
  }
}
