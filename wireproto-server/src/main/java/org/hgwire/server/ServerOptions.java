// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.util.List;
import java.util.function.UnaryOperator;
import org.hgwire.core.WireLimits;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.encoding.ZstdLibrary;
import org.hgwire.core.reactor.ServerMemory;
import org.hgwire.redirects.Cidr;
import org.hgwire.server.command.CloneBundleSource;
import org.hgwire.server.command.Command;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.CommandSettings;
import org.hgwire.server.command.PushkeyGuard;
import org.hgwire.server.command.RedirectAdvertiser;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The options of a server: what it offers, to whom, and within which limits. Immutable. */
public final class ServerOptions {
  private static final Logger LOG = LoggerFactory.getLogger(ServerOptions.class);

  private final CommandRegistry registry;
  private final RepositoryResolver resolver;
  private final AccessControl accessControl;
  private final WireLimits limits;
  private final ServerMemory memory;
  private final ContentEncodings encodings;
  private final ResponseCacher cacher;
  private final List<Cidr> trustedProxies;
  private final ServerListener listener;

  private ServerOptions(Builder builder) {
    registry = builder.commands.build(builder.limits);
    resolver = builder.resolver;
    accessControl = builder.accessControl;
    limits = builder.limits.forHeap(Runtime.getRuntime().maxMemory());
    memory = ServerMemory.of(limits);
    encodings = builder.encodings == null ? standardEncodings() : builder.encodings;
    cacher = builder.cacher;
    trustedProxies = builder.trustedProxies;
    listener = builder.listener;
  }

  private static ContentEncodings standardEncodings() {
    ZstdLibrary.problem().ifPresent(problem -> LOG.warn("zstd is not used: {}", problem));
    return ContentEncodings.standard();
  }

  /** Returns a builder of options for the repositories that {@code resolver} finds. */
  public static Builder builder(RepositoryResolver resolver) {
    return new Builder(resolver);
  }

  /** Returns the commands that can be called. */
  public CommandRegistry registry() {
    return registry;
  }

  /** Returns the resolver of repositories. */
  public RepositoryResolver resolver() {
    return resolver;
  }

  /** Returns the access control. */
  public AccessControl accessControl() {
    return accessControl;
  }

  /** Returns the limits enforced on clients. */
  public WireLimits limits() {
    return limits;
  }

  /** Returns the memory that all exchanges with these options share. */
  public ServerMemory memory() {
    return memory;
  }

  /** Returns the content encodings, the most preferred first. */
  public ContentEncodings encodings() {
    return encodings;
  }

  /** Returns the cacher that is asked for a response before a command is run. */
  public ResponseCacher cacher() {
    return cacher;
  }

  /** Returns the address ranges of the proxies whose X-Forwarded-For is believed. */
  public List<Cidr> trustedProxies() {
    return trustedProxies;
  }

  /** Returns the listener of all requests. */
  public ServerListener listener() {
    return listener;
  }

  /** Collects options. Not safe for use by several threads. */
  public static final class Builder {
    private final RepositoryResolver resolver;
    private final CommandRegistryBuilder commands = new CommandRegistryBuilder();
    private AccessControl accessControl = AccessControl.pullOnly();
    private WireLimits limits = WireLimits.defaults();
    private @Nullable ContentEncodings encodings;
    private ResponseCacher cacher = ResponseCacher.NONE;
    private List<Cidr> trustedProxies = List.of();
    private ServerListener listener = ServerListener.NONE;

    private Builder(RepositoryResolver resolver) {
      this.resolver = resolver;
    }

    /** Sets who may do what; by default anybody may pull and nobody push. */
    public Builder accessControl(AccessControl accessControl) {
      this.accessControl = accessControl;
      return this;
    }

    /**
     * Adds a command to the standard ones. To replace a standard command, {@linkplain
     * #withoutCommand leave it out} as well.
     *
     * @throws IllegalArgumentException if a command of that name was added before
     */
    public Builder command(CommandDefinition definition) {
      commands.add(definition);
      return this;
    }

    /**
     * Leaves a standard command out: it is not advertised, and calls of it are refused as unknown.
     * The handshake still reports the capabilities without the command {@code capabilities}.
     * Without a command, the one of version 1 with its name is left out as well; without {@code
     * getbundle}, clients of version 1 cannot pull.
     *
     * @param name the name of a standard command, or {@code getbundle}; {@link #build} fails if
     *     there is none
     */
    public Builder withoutCommand(String name) {
      commands.leaveOut(name);
      return this;
    }

    /**
     * Wraps the work of a command, standard or added; its declaration does not change. Its
     * responses are no longer cached or redirected, because the wrapper may make them depend on the
     * caller. If a command is wrapped several times, the first wrapper is the innermost.
     *
     * @param name the name of a command that accepts no data; {@link #build} fails if there is none
     * @param wrapper returns the new work around the given one; called once, by {@link #build}
     */
    public Builder wrapCommand(String name, UnaryOperator<Command> wrapper) {
      commands.wrap(name, wrapper);
      return this;
    }

    /** Sets the limits and batch sizes of the standard commands. */
    public Builder settings(CommandSettings settings) {
      commands.settings(settings);
      return this;
    }

    /** Sets the guard that {@code pushkey} asks before it changes anything; by default none. */
    public Builder pushkeyGuard(PushkeyGuard guard) {
      commands.pushkeyGuard(guard);
      return this;
    }

    /** Sets the redirect targets that the capabilities advertise; by default none. */
    public Builder redirects(RedirectAdvertiser redirects) {
      commands.redirects(redirects);
      return this;
    }

    /**
     * Sets the clone bundles that clients are offered; by default none. The server then has the
     * command of {@link org.hgwire.core.command.ClonebundlesRequest}, advertised to callers for
     * whom there is a manifest with entries.
     */
    public Builder cloneBundles(CloneBundleSource cloneBundles) {
      commands.cloneBundles(cloneBundles);
      return this;
    }

    /**
     * Sets the cacher that is asked for a response before a command is run; by default nothing is
     * cached or redirected.
     */
    public Builder cacher(ResponseCacher cacher) {
      this.cacher = cacher;
      return this;
    }

    /**
     * Sets the limits enforced on clients; by default {@link WireLimits#defaults()}. Limits over
     * all clients that are not set follow from the size that the heap may grow to; on memory they
     * hold for all servers with these options together.
     */
    public Builder limits(WireLimits limits) {
      this.limits = limits;
      return this;
    }

    /**
     * Sets the content encodings; by default {@link ContentEncodings#standard()}, with a warning in
     * the log where zstd is not among them.
     */
    public Builder encodings(ContentEncodings encodings) {
      this.encodings = encodings;
      return this;
    }

    /**
     * Sets the address ranges of the proxies that are trusted to say, in X-Forwarded-For, where a
     * request came from. The address of a {@link org.hgwire.server.command.Caller} is then the
     * rightmost one in that field that is not a trusted proxy's; what other peers write there is
     * ignored. By default no proxy is trusted, and the address is that of the connection.
     */
    public Builder trustedProxies(List<Cidr> ranges) {
      this.trustedProxies = List.copyOf(ranges);
      return this;
    }

    /**
     * Sets the listener of all requests, such as {@link AccessLog#slf4j}; by default none. Combine
     * several with {@link ServerListener#andThen}.
     */
    public Builder listener(ServerListener listener) {
      this.listener = listener;
      return this;
    }

    /**
     * Returns the options.
     *
     * @throws IllegalArgumentException if a command that is left out or wrapped does not exist, or
     *     an added one has the name of a standard one that is not left out
     */
    public ServerOptions build() {
      return new ServerOptions(this);
    }
  }
}
