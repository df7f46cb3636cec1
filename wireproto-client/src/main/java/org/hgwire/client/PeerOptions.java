// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.net.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.WireLimits;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.redirects.RedirectPolicy;
import org.jspecify.annotations.Nullable;

/** How a {@link Peer} connects, and which limits it enforces on the server. Immutable. */
public final class PeerOptions {
  private final WireLimits limits;
  private final ContentEncodings encodings;
  private final Duration connectTimeout;
  private final Duration firstByteTimeout;
  private final Duration idleTimeout;
  private final RetryPolicy retries;
  private final SpillOptions spill;
  private final List<HttpTransport.Header> headers;
  private final @Nullable Credentials credentials;
  private final @Nullable Proxy proxy;
  private final @Nullable Credentials proxyCredentials;
  private final TlsOptions tls;
  private final ExchangeListener listener;
  private final int maxHttpRedirects;
  private final RedirectPolicy redirects;
  private final ContentHosts contentHosts;
  private final Duration contentTimeout;
  private final @Nullable TransportFactory transport;

  private PeerOptions(Builder builder) {
    limits = builder.limits;
    encodings = builder.encodings == null ? ContentEncodings.standard() : builder.encodings;
    connectTimeout = builder.connectTimeout;
    firstByteTimeout = builder.firstByteTimeout;
    idleTimeout = builder.idleTimeout;
    retries = builder.retries;
    spill = builder.spill;
    headers = List.copyOf(builder.headers);
    credentials = builder.credentials;
    proxy = builder.proxy;
    proxyCredentials = builder.proxyCredentials;
    tls = builder.tls;
    listener = builder.listener;
    maxHttpRedirects = builder.maxHttpRedirects;
    redirects = builder.redirects;
    contentHosts = builder.contentHosts;
    contentTimeout = builder.contentTimeout;
    transport = builder.transport;
  }

  /** Returns the defaults. */
  public static PeerOptions defaults() {
    return builder().build();
  }

  /** Returns a builder that starts with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the limits that responses are checked against. */
  public WireLimits limits() {
    return limits;
  }

  /** Returns the content encodings that the server is offered, the most preferred first. */
  public ContentEncodings encodings() {
    return encodings;
  }

  /** Returns how long a connection, TLS included, may take to be made. */
  public Duration connectTimeout() {
    return connectTimeout;
  }

  /** Returns how long the first byte of a response may take after the request was sent. */
  public Duration firstByteTimeout() {
    return firstByteTimeout;
  }

  /** Returns how long a response that has begun may pause between bytes. */
  public Duration idleTimeout() {
    return idleTimeout;
  }

  /** Returns how commands that read are retried. */
  public RetryPolicy retries() {
    return retries;
  }

  /** Returns where bytes wait that are not read yet. */
  public SpillOptions spill() {
    return spill;
  }

  /** Returns the headers that every request to the server carries. */
  public List<HttpTransport.Header> headers() {
    return headers;
  }

  /** Returns the credentials for basic authentication, or null. */
  public @Nullable Credentials credentials() {
    return credentials;
  }

  /** Returns the proxy, or null for the platform's choice. */
  public @Nullable Proxy proxy() {
    return proxy;
  }

  /** Returns the credentials for the proxy, or null. */
  public @Nullable Credentials proxyCredentials() {
    return proxyCredentials;
  }

  /** Returns which certificates TLS connections trust and present. */
  public TlsOptions tls() {
    return tls;
  }

  /** Returns the listener that sees what goes over the wire. */
  public ExchangeListener listener() {
    return listener;
  }

  /** Returns how many HTTP redirects in a row are followed. */
  public int maxHttpRedirects() {
    return maxHttpRedirects;
  }

  /** Returns which content redirects are offered and followed. */
  public RedirectPolicy redirects() {
    return redirects;
  }

  /** Returns what content hosts get besides the bare request. */
  public ContentHosts contentHosts() {
    return contentHosts;
  }

  /** Returns how long the first byte of a content host's response may take. */
  public Duration contentTimeout() {
    return contentTimeout;
  }

  /**
   * Returns the transport that was set, or null for the one that {@link java.util.ServiceLoader}
   * finds.
   */
  public @Nullable TransportFactory transport() {
    return transport;
  }

  /** Collects options. Not safe for use by several threads. */
  public static final class Builder {
    private WireLimits limits = WireLimits.defaults();
    private @Nullable ContentEncodings encodings;
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration firstByteTimeout = Duration.ofMinutes(10);
    private Duration idleTimeout = Duration.ofSeconds(60);
    private RetryPolicy retries = RetryPolicy.of(3);
    private SpillOptions spill = SpillOptions.DEFAULT;
    private final List<HttpTransport.Header> headers = new ArrayList<>();
    private @Nullable Credentials credentials;
    private @Nullable Proxy proxy;
    private @Nullable Credentials proxyCredentials;
    private TlsOptions tls = TlsOptions.DEFAULT;
    private ExchangeListener listener = ExchangeListener.NONE;
    private int maxHttpRedirects;
    private RedirectPolicy redirects = RedirectPolicy.VERIFIED;
    private ContentHosts contentHosts = ContentHosts.NONE;
    private Duration contentTimeout = Duration.ofSeconds(60);
    private @Nullable TransportFactory transport;

    private Builder() {}

    /** Sets the limits that responses are checked against. */
    public Builder limits(WireLimits limits) {
      this.limits = limits;
      return this;
    }

    /** Sets the content encodings that are offered; zstd-8mb, zlib, identity unless set. */
    public Builder encodings(ContentEncodings encodings) {
      this.encodings = encodings;
      return this;
    }

    /** Sets {@link PeerOptions#connectTimeout()}; 10 s unless set. */
    public Builder connectTimeout(Duration timeout) {
      this.connectTimeout = positive(timeout);
      return this;
    }

    /** Sets {@link PeerOptions#firstByteTimeout()}; 10 min unless set. */
    public Builder firstByteTimeout(Duration timeout) {
      this.firstByteTimeout = positive(timeout);
      return this;
    }

    /** Sets {@link PeerOptions#idleTimeout()}; 60 s unless set. */
    public Builder idleTimeout(Duration timeout) {
      this.idleTimeout = positive(timeout);
      return this;
    }

    /** Sets how commands that read are retried; three attempts unless set. */
    public Builder retries(RetryPolicy retries) {
      this.retries = retries;
      return this;
    }

    /** Sets where bytes wait that are not read yet. */
    public Builder spill(SpillOptions spill) {
      this.spill = spill;
      return this;
    }

    /**
     * Adds a header to every request to the server; it does not cross to another origin.
     *
     * @throws IllegalArgumentException if the name is not a token, the value has a control
     *     character, or the client sets the header itself
     */
    public Builder header(String name, String value) {
      headers.add(HeaderRules.checked(name, value));
      return this;
    }

    /**
     * Sets the credentials for basic authentication; they take precedence over those in the URL.
     */
    public Builder credentials(Credentials credentials) {
      this.credentials = credentials;
      return this;
    }

    /** Sets the proxy; {@link Proxy#NO_PROXY} for none, whatever the platform's settings are. */
    public Builder proxy(Proxy proxy) {
      this.proxy = proxy;
      return this;
    }

    /** Sets the credentials that the proxy gets when it asks. */
    public Builder proxyCredentials(Credentials credentials) {
      this.proxyCredentials = credentials;
      return this;
    }

    /** Sets which certificates TLS connections trust and present. */
    public Builder tls(TlsOptions tls) {
      this.tls = tls;
      return this;
    }

    /**
     * Sets the listener that sees what goes over the wire; see {@link ExchangeListener#andThen} for
     * several.
     */
    public Builder listener(ExchangeListener listener) {
      this.listener = listener;
      return this;
    }

    /**
     * Sets how many HTTP redirects in a row are followed: 0, the default, to 5. Credentials and
     * added headers are never sent to another origin, and https never leads to http.
     */
    public Builder maxHttpRedirects(int hops) {
      if (hops < 0 || hops > 5) {
        throw new IllegalArgumentException("0 to 5 HTTP redirects may be followed, not " + hops);
      }
      this.maxHttpRedirects = hops;
      return this;
    }

    /**
     * Sets which content redirects are offered and followed; those whose content can be verified,
     * unless set.
     */
    public Builder redirects(RedirectPolicy redirects) {
      this.redirects = redirects;
      return this;
    }

    /**
     * Sets what content hosts get besides the bare request; nothing unless set. The server's
     * credentials, headers and keys are never sent there.
     */
    public Builder contentHosts(ContentHosts hosts) {
      this.contentHosts = hosts;
      return this;
    }

    /** Sets {@link PeerOptions#contentTimeout()}; 60 s unless set. */
    public Builder contentTimeout(Duration timeout) {
      this.contentTimeout = positive(timeout);
      return this;
    }

    /** Sets the transport, in place of the one that {@link java.util.ServiceLoader} finds. */
    public Builder transport(TransportFactory transport) {
      this.transport = transport;
      return this;
    }

    /** Returns the options. */
    public PeerOptions build() {
      return new PeerOptions(this);
    }

    private static Duration positive(Duration timeout) {
      if (timeout.isNegative() || timeout.isZero()) {
        throw new IllegalArgumentException("a timeout is positive, not " + timeout);
      }
      return timeout;
    }
  }
}
