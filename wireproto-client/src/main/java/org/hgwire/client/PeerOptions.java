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

/** How a {@link Peer} connects, and what it holds the server to. Immutable. */
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

  /** Returns what responses are held to. */
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

  /** Returns how long a response may go on without a byte once it began. */
  public Duration idleTimeout() {
    return idleTimeout;
  }

  /** Returns how read commands are tried again. */
  public RetryPolicy retries() {
    return retries;
  }

  /** Returns where bytes wait that nobody reads yet. */
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

  /** Returns the proxy, or null for the choice of the platform. */
  public @Nullable Proxy proxy() {
    return proxy;
  }

  /** Returns the credentials for the proxy, or null. */
  public @Nullable Credentials proxyCredentials() {
    return proxyCredentials;
  }

  /** Returns what TLS connections trust and show. */
  public TlsOptions tls() {
    return tls;
  }

  /** Returns who sees what goes over the wire. */
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

  /** Returns what hosts of contents get besides the bare request. */
  public ContentHosts contentHosts() {
    return contentHosts;
  }

  /** Returns how long the first byte of an answer of a host of contents may take. */
  public Duration contentTimeout() {
    return contentTimeout;
  }

  /** Returns the transport that was chosen, or null for the one that is found. */
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

    /** Sets what responses are held to. */
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

    /** Sets how read commands are tried again; three attempts unless set. */
    public Builder retries(RetryPolicy retries) {
      this.retries = retries;
      return this;
    }

    /** Sets where bytes wait that nobody reads yet. */
    public Builder spill(SpillOptions spill) {
      this.spill = spill;
      return this;
    }

    /**
     * Adds a header to every request to the server; it does not cross to another origin.
     *
     * @throws IllegalArgumentException if the name is not a token or the value has a control
     *     character, or if the header is one that the client itself sets
     */
    public Builder header(String name, String value) {
      headers.add(HeaderRules.checked(name, value));
      return this;
    }

    /** Sets the credentials for basic authentication; they win over those in the URL. */
    public Builder credentials(Credentials credentials) {
      this.credentials = credentials;
      return this;
    }

    /** Sets the proxy; {@link Proxy#NO_PROXY} for none, whatever the platform says. */
    public Builder proxy(Proxy proxy) {
      this.proxy = proxy;
      return this;
    }

    /** Sets the credentials that the proxy gets when it asks. */
    public Builder proxyCredentials(Credentials credentials) {
      this.proxyCredentials = credentials;
      return this;
    }

    /** Sets what TLS connections trust and show. */
    public Builder tls(TlsOptions tls) {
      this.tls = tls;
      return this;
    }

    /** Sets who sees what goes over the wire. */
    public Builder listener(ExchangeListener listener) {
      this.listener = listener;
      return this;
    }

    /**
     * Sets how many HTTP redirects in a row are followed: 0, the default, to 5. Credentials and
     * added headers never go to another scheme, host or port, and https never leads to http.
     */
    public Builder maxHttpRedirects(int hops) {
      if (hops < 0 || hops > 5) {
        throw new IllegalArgumentException("0 to 5 HTTP redirects may be followed, not " + hops);
      }
      this.maxHttpRedirects = hops;
      return this;
    }

    /**
     * Sets which content redirects are offered and followed; those that can be verified unless set.
     */
    public Builder redirects(RedirectPolicy redirects) {
      this.redirects = redirects;
      return this;
    }

    /**
     * Sets what hosts of contents get besides the bare request; nothing unless set. Credentials,
     * headers and keys that belong to the server never go there.
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

    /** Sets the transport. */
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
