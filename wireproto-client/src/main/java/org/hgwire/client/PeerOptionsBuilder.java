// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hgwire.core.WireLimits;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.message.SideChannel;
import org.hgwire.redirects.RedirectPolicy;
import org.hgwire.redirects.fetch.DownloadOptions;
import org.hgwire.redirects.fetch.MinRate;
import org.jspecify.annotations.Nullable;

/** Collects {@link PeerOptions}. Not safe for use by several threads. */
public final class PeerOptionsBuilder {
  WireLimits limits = WireLimits.defaults();
  @Nullable ContentEncodings encodings;
  Duration connectTimeout = Duration.ofSeconds(10);
  Duration firstByteTimeout = Duration.ofMinutes(10);
  Duration idleTimeout = Duration.ofSeconds(60);
  RetryPolicy retries = RetryPolicy.of(3);
  SpillOptions spill = SpillOptions.DEFAULT;
  long maxRequestBytes = 1_000_000;
  final List<HttpTransport.Header> headers = new ArrayList<>();
  @Nullable Credentials credentials;
  Proxies proxies = Proxies.PLATFORM;
  TlsOptions tls = TlsOptions.DEFAULT;
  ExchangeListener listener = ExchangeListener.NONE;
  HttpRedirects httpRedirects = HttpRedirects.SAME_HOST;
  RedirectPolicy redirects = RedirectPolicy.VERIFIED;
  ContentHosts contentHosts = ContentHosts.NONE;
  Duration contentTimeout = Duration.ofSeconds(60);
  MinRate minContentRate = DownloadOptions.DEFAULT.minRate();
  MinRate minResponseRate = new MinRate(100, Duration.ofSeconds(60));
  @Nullable TransportFactory transport;

  @Nullable ProtocolVersion protocol;
  Set<SideChannel> sideChannels = Set.of(SideChannel.values());

  PeerOptionsBuilder() {}

  /** Sets the limits that responses are checked against. */
  public PeerOptionsBuilder limits(WireLimits limits) {
    this.limits = limits;
    return this;
  }

  /** Sets the content encodings that are offered; zstd-8mb, zlib, identity unless set. */
  public PeerOptionsBuilder encodings(ContentEncodings encodings) {
    this.encodings = encodings;
    return this;
  }

  /**
   * Sets what the server may send besides responses: all unless set. {@link
   * ExchangeListener#textReceived} and {@link ExchangeListener#progressReceived} get it.
   */
  public PeerOptionsBuilder sideChannels(SideChannel... channels) {
    this.sideChannels = Set.of(channels);
    return this;
  }

  /**
   * Sets the version of the protocol that is spoken. The best that both sides have unless set:
   * version 2 if the server offers it, else version 1.
   */
  public PeerOptionsBuilder protocol(ProtocolVersion version) {
    this.protocol = version;
    return this;
  }

  /** Sets {@link PeerOptions#connectTimeout()}; 10 s unless set. */
  public PeerOptionsBuilder connectTimeout(Duration timeout) {
    this.connectTimeout = positive(timeout);
    return this;
  }

  /** Sets {@link PeerOptions#firstByteTimeout()}; 10 min unless set. */
  public PeerOptionsBuilder firstByteTimeout(Duration timeout) {
    this.firstByteTimeout = positive(timeout);
    return this;
  }

  /** Sets {@link PeerOptions#idleTimeout()}; 60 s unless set. */
  public PeerOptionsBuilder idleTimeout(Duration timeout) {
    this.idleTimeout = positive(timeout);
    return this;
  }

  /** Sets how commands that read are retried; three attempts unless set. */
  public PeerOptionsBuilder retries(RetryPolicy retries) {
    this.retries = retries;
    return this;
  }

  /** Sets where bytes wait that are not read yet. */
  public PeerOptionsBuilder spill(SpillOptions spill) {
    this.spill = spill;
    return this;
  }

  /**
   * Sets {@link PeerOptions#maxRequestBytes()}; 1,000,000 unless set, which the proxies that are
   * usual before a server accept.
   */
  public PeerOptionsBuilder maxRequestBytes(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("a request has at least a byte, not " + bytes);
    }
    this.maxRequestBytes = bytes;
    return this;
  }

  /**
   * Adds a header to every request to the server; it does not cross to another origin.
   *
   * @throws IllegalArgumentException if the name is not a token, the value has a control character,
   *     or the client sets the header itself
   */
  public PeerOptionsBuilder header(String name, String value) {
    headers.add(HeaderRules.checked(name, value));
    return this;
  }

  /** Sets the credentials for basic authentication; they take precedence over those in the URL. */
  public PeerOptionsBuilder credentials(Credentials credentials) {
    this.credentials = credentials;
    return this;
  }

  /**
   * Sets through which proxies requests are sent, to the server and to content hosts; those of the
   * platform unless set. The variables of the environment are read only if {@link
   * Proxies#ofEnvironment} is set here.
   */
  public PeerOptionsBuilder proxies(Proxies proxies) {
    this.proxies = proxies;
    return this;
  }

  /** Sets which certificates TLS connections trust and present. */
  public PeerOptionsBuilder tls(TlsOptions tls) {
    this.tls = tls;
    return this;
  }

  /**
   * Sets the listener that sees what goes over the wire; see {@link ExchangeListener#andThen} for
   * several.
   */
  public PeerOptionsBuilder listener(ExchangeListener listener) {
    this.listener = listener;
    return this;
  }

  /**
   * Sets which HTTP redirects of the repository's address are followed: up to five to the same
   * host, unless set. Those of content hosts are {@link RedirectPolicy#maxHttpRedirects()}.
   */
  public PeerOptionsBuilder httpRedirects(HttpRedirects redirects) {
    this.httpRedirects = redirects;
    return this;
  }

  /**
   * Sets which content redirects are offered and followed; those whose content can be verified,
   * unless set.
   */
  public PeerOptionsBuilder redirects(RedirectPolicy redirects) {
    this.redirects = redirects;
    return this;
  }

  /**
   * Sets what content hosts get besides the bare request; nothing unless set. The server's
   * credentials, headers and keys are never sent there.
   */
  public PeerOptionsBuilder contentHosts(ContentHosts hosts) {
    this.contentHosts = hosts;
    return this;
  }

  /** Sets {@link PeerOptions#contentTimeout()}; 60 s unless set. */
  public PeerOptionsBuilder contentTimeout(Duration timeout) {
    this.contentTimeout = positive(timeout);
    return this;
  }

  /** Sets {@link PeerOptions#minContentRate()}; 1,000 bytes per second over 60 s unless set. */
  public PeerOptionsBuilder minContentRate(MinRate rate) {
    this.minContentRate = rate;
    return this;
  }

  /** Sets {@link PeerOptions#minResponseRate()}; 100 bytes per second over 60 s unless set. */
  public PeerOptionsBuilder minResponseRate(MinRate rate) {
    this.minResponseRate = rate;
    return this;
  }

  /** Sets the transport, in place of the one that {@link java.util.ServiceLoader} finds. */
  public PeerOptionsBuilder transport(TransportFactory transport) {
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
