// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.util.List;
import org.hgwire.core.WireLimits;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.redirects.Cidr;

/** What a server offers, to whom, and within which limits. Immutable. */
public final class ServerOptions {
  private final CommandRegistry registry;
  private final RepositoryResolver resolver;
  private final AccessControl accessControl;
  private final WireLimits limits;
  private final ContentEncodings encodings;
  private final ResponseCacher cacher;
  private final List<Cidr> trustedProxies;

  private ServerOptions(Builder builder) {
    registry = builder.registry;
    resolver = builder.resolver;
    accessControl = builder.accessControl;
    limits = builder.limits;
    encodings = builder.encodings;
    cacher = builder.cacher;
    trustedProxies = builder.trustedProxies;
  }

  /** Returns a builder of options for the repositories that {@code resolver} finds. */
  public static Builder builder(RepositoryResolver resolver) {
    return new Builder(resolver);
  }

  /** Returns the commands that can be called. */
  public CommandRegistry registry() {
    return registry;
  }

  /** Returns what finds repositories. */
  public RepositoryResolver resolver() {
    return resolver;
  }

  /** Returns what says who may do what. */
  public AccessControl accessControl() {
    return accessControl;
  }

  /** Returns what clients are held to. */
  public WireLimits limits() {
    return limits;
  }

  /** Returns the content encodings, the most preferred first. */
  public ContentEncodings encodings() {
    return encodings;
  }

  /** Returns what is asked before a command is run. */
  public ResponseCacher cacher() {
    return cacher;
  }

  /** Returns the addresses of proxies whose word on who is behind them is taken. */
  public List<Cidr> trustedProxies() {
    return trustedProxies;
  }

  /** Collects options. */
  public static final class Builder {
    private final RepositoryResolver resolver;
    private CommandRegistry registry = CommandRegistry.standard();
    private AccessControl accessControl = AccessControl.pullOnly();
    private WireLimits limits = WireLimits.defaults();
    private ContentEncodings encodings = ContentEncodings.standard();
    private ResponseCacher cacher = ResponseCacher.NONE;
    private List<Cidr> trustedProxies = List.of();

    private Builder(RepositoryResolver resolver) {
      this.resolver = resolver;
    }

    /** Sets the commands; by default the standard ones. */
    public Builder registry(CommandRegistry registry) {
      this.registry = registry;
      return this;
    }

    /** Sets who may do what; by default anybody may pull and nobody push. */
    public Builder accessControl(AccessControl accessControl) {
      this.accessControl = accessControl;
      return this;
    }

    /** Sets what clients are held to; by default {@link WireLimits#defaults()}. */
    public Builder limits(WireLimits limits) {
      this.limits = limits;
      return this;
    }

    /** Sets the content encodings; by default {@link ContentEncodings#standard()}. */
    public Builder encodings(ContentEncodings encodings) {
      this.encodings = encodings;
      return this;
    }

    /** Sets what is asked before a command is run; by default nothing is cached or redirected. */
    public Builder cacher(ResponseCacher cacher) {
      this.cacher = cacher;
      return this;
    }

    /**
     * Sets which proxies are trusted to say, in X-Forwarded-For, from which address a request came
     * to them. The address of a {@link org.hgwire.server.command.Caller} is then the rightmost one
     * there that is none of theirs; what anybody else writes there is passed over. By default none
     * is trusted, and the address is that of the connection.
     */
    public Builder trustedProxies(List<Cidr> ranges) {
      this.trustedProxies = List.copyOf(ranges);
      return this;
    }

    /** Returns the options. */
    public ServerOptions build() {
      return new ServerOptions(this);
    }
  }
}
