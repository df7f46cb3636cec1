// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.ArgumentDescriptor;
import org.hgwire.core.command.CommandDescriptor;
import org.hgwire.server.repository.Repository;
import org.hgwire.server.repository.RepositorySnapshot;
import org.jspecify.annotations.Nullable;

/**
 * A command as a server offers it: its name, the permission it needs, its arguments, whether it
 * accepts data, and its work.
 *
 * <p>The declaration is enforced: a call has only arguments that passed {@link #check}, and a
 * command without a permission is refused to every caller. Immutable; may be shared between
 * threads.
 */
public final class CommandDefinition {
  /** Decides whether a command is offered for a repository. */
  @FunctionalInterface
  public interface Availability {
    /**
     * Returns whether the command is advertised.
     *
     * @throws IOException if the repository cannot be read
     */
    boolean in(RepositorySnapshot repository) throws IOException;
  }

  /** Decides to which callers a command is advertised. */
  @FunctionalInterface
  public interface Audience {
    /** Returns whether the command is advertised to {@code caller}. */
    boolean includes(Caller caller, Repository repository);
  }

  private final String name;
  private final @Nullable Permission permission;
  private final Map<ByteString, ArgumentDescriptor> arguments;
  private final CborMap extras;
  private final Availability availability;
  private final Audience audience;
  private final @Nullable Command command;
  private final @Nullable DataCommand dataCommand;
  private final long maxDataBytes;
  private final boolean cacheable;

  private CommandDefinition(CommandDefinition inner, Command command) {
    name = inner.name;
    permission = inner.permission;
    arguments = inner.arguments;
    extras = inner.extras;
    availability = inner.availability;
    audience = inner.audience;
    this.command = command;
    dataCommand = null;
    maxDataBytes = 0;
    cacheable = false;
  }

  private CommandDefinition(Builder builder) {
    name = builder.name;
    permission = builder.permission;
    arguments = Map.copyOf(builder.arguments);
    extras = builder.extras.build();
    availability = builder.availability;
    audience = builder.audience;
    command = builder.command;
    dataCommand = builder.dataCommand;
    maxDataBytes = builder.maxDataBytes;
    cacheable = builder.cacheable;
  }

  /**
   * Begins the definition of a command.
   *
   * @throws IllegalArgumentException if the name is empty or has other characters than letters and
   *     digits of ASCII, dashes, dots and underscores: it is part of a URL
   */
  public static Builder named(String name) {
    if (!name.matches("[A-Za-z0-9._-]+")) {
      throw new IllegalArgumentException(
          "the name of a command is letters, digits, '.', '_' and '-', not \"" + name + "\"");
    }
    return new Builder(name);
  }

  /** Returns the name. */
  public String name() {
    return name;
  }

  /** Returns the permission that a caller needs, or null: nobody may run the command then. */
  public @Nullable Permission permission() {
    return permission;
  }

  /** Returns the work, or null if the command accepts data. */
  public @Nullable Command command() {
    return command;
  }

  /** Returns the work with data, or null if the command accepts none. */
  public @Nullable DataCommand dataCommand() {
    return dataCommand;
  }

  /**
   * Returns whether a response may be kept and sent to other callers: it depends on nothing but the
   * arguments and the state of the repository, and is worth keeping.
   */
  public boolean isCacheable() {
    return cacheable && permission == Permission.PULL && dataCommand == null;
  }

  /** Returns the arguments by name. */
  public Map<ByteString, ArgumentDescriptor> arguments() {
    return arguments;
  }

  /** Returns whether a request may have data. */
  public boolean acceptsData() {
    return dataCommand != null;
  }

  /** Returns how many bytes of data a request may have; 0 if the command accepts none. */
  public long maxDataBytes() {
    return maxDataBytes;
  }

  /**
   * Returns whether the command is advertised for a repository.
   *
   * @throws IOException if the repository cannot be read
   */
  public boolean isAvailable(RepositorySnapshot repository) throws IOException {
    return availability.in(repository);
  }

  /** Returns whether the command is advertised to a caller. */
  public boolean isAdvertisedTo(Caller caller, Repository repository) {
    return audience.includes(caller, repository);
  }

  /** Returns the description of the command in the capabilities. */
  public CommandDescriptor descriptor() {
    return new CommandDescriptor(
        arguments,
        permission == null ? List.of() : List.of(ByteString.utf8(permission.wireName())),
        extras);
  }

  /**
   * Returns this definition with other work, which is not {@linkplain #isCacheable cacheable}: it
   * may depend on the caller.
   *
   * @param wrapper makes the new work of this one's
   * @throws IllegalArgumentException if the command accepts data
   */
  public CommandDefinition wrappedBy(UnaryOperator<Command> wrapper) {
    if (command == null) {
      throw new IllegalArgumentException(
          "the command " + name + " accepts data and cannot be wrapped: replace it");
    }
    return new CommandDefinition(this, wrapper.apply(command));
  }

  /**
   * Checks the arguments of a request against the declaration.
   *
   * @return the arguments, with the defaults of absent ones
   * @throws CommandException if one is unknown, missing, of the wrong type or not one of the valid
   *     values
   */
  public CborMap check(CborMap sent) {
    return DeclaredArguments.check(name, arguments, sent);
  }

  @Override
  public String toString() {
    return "CommandDefinition[" + name + "]";
  }

  /** Collects a definition. Not safe for use by several threads. */
  public static final class Builder {
    private final String name;
    private final Map<ByteString, ArgumentDescriptor> arguments = new LinkedHashMap<>();
    private final CborMap.Builder extras = CborMap.builder();
    private Availability availability = repository -> true;
    private Audience audience = (caller, repository) -> true;
    private @Nullable Permission permission;
    private @Nullable Command command;
    private @Nullable DataCommand dataCommand;
    private long maxDataBytes;
    private boolean cacheable;

    private Builder(String name) {
      this.name = name;
    }

    /** Sets the permission that a caller needs. Without it nobody may run the command. */
    public Builder permission(Permission permission) {
      this.permission = permission;
      return this;
    }

    /**
     * Declares an argument.
     *
     * @throws IllegalArgumentException if one of that name was declared before
     */
    public Builder argument(String name, ArgumentDescriptor argument) {
      if (arguments.putIfAbsent(ByteString.utf8(name), argument) != null) {
        throw new IllegalArgumentException("the argument " + name + " is declared twice");
      }
      return this;
    }

    /** Adds a key to the description of the command in the capabilities. */
    public Builder extra(String key, CborValue value) {
      extras.put(key, value);
      return this;
    }

    /** Sets for which repositories the command is advertised; by default for all. */
    public Builder availableIf(Availability availability) {
      this.availability = availability;
      return this;
    }

    /**
     * Allows responses to be kept and sent to other callers that send the same arguments while the
     * repository is in the same state: they must not depend on the caller, the time or anything
     * else. By default nothing is kept. It has an effect only on commands that need the permission
     * to pull and accept no data.
     */
    public Builder cacheable() {
      this.cacheable = true;
      return this;
    }

    /** Sets to which callers the command is advertised; by default to all. */
    public Builder advertisedTo(Audience audience) {
      this.audience = audience;
      return this;
    }

    /** Returns the definition of a command that accepts no data. */
    public CommandDefinition runs(Command command) {
      this.command = command;
      return new CommandDefinition(this);
    }

    /**
     * Returns the definition of a command that accepts data, at most the default of {@link
     * WireLimit#MAX_COMMAND_DATA}.
     */
    public CommandDefinition acceptsData(DataCommand command) {
      return acceptsData(command, WireLimits.defaults().of(WireLimit.MAX_COMMAND_DATA));
    }

    /**
     * Returns the definition of a command that accepts data.
     *
     * @param command the work
     * @param maxBytes how many bytes of data a request may have, at least 1
     */
    public CommandDefinition acceptsData(DataCommand command, long maxBytes) {
      if (maxBytes < 1) {
        throw new IllegalArgumentException(
            "a command that accepts data accepts at least one byte, not " + maxBytes);
      }
      this.dataCommand = command;
      this.maxDataBytes = maxBytes;
      return new CommandDefinition(this);
    }
  }
}
