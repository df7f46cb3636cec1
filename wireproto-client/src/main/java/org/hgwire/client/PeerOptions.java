// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.hgwire.core.WireLimits;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.message.SideChannel;
import org.hgwire.redirects.RedirectPolicy;
import org.hgwire.redirects.fetch.MinRate;
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
  private final long maxRequestBytes;
  private final List<HttpTransport.Header> headers;
  private final @Nullable Credentials credentials;
  private final Proxies proxies;
  private final TlsOptions tls;
  private final ExchangeListener listener;
  private final HttpRedirects httpRedirects;
  private final RedirectPolicy redirects;
  private final ContentHosts contentHosts;
  private final Duration contentTimeout;
  private final MinRate minContentRate;
  private final MinRate minResponseRate;
  private final @Nullable TransportFactory transport;
  private final Set<SideChannel> sideChannels;
  private final @Nullable ProtocolVersion protocol;

  PeerOptions(PeerOptionsBuilder builder) {
    limits = builder.limits;
    encodings = builder.encodings == null ? ContentEncodings.standard() : builder.encodings;
    connectTimeout = builder.connectTimeout;
    firstByteTimeout = builder.firstByteTimeout;
    idleTimeout = builder.idleTimeout;
    retries = builder.retries;
    spill = builder.spill;
    maxRequestBytes = builder.maxRequestBytes;
    headers = List.copyOf(builder.headers);
    credentials = builder.credentials;
    proxies = builder.proxies;
    tls = builder.tls;
    listener = builder.listener;
    httpRedirects = builder.httpRedirects;
    redirects = builder.redirects;
    contentHosts = builder.contentHosts;
    contentTimeout = builder.contentTimeout;
    minContentRate = builder.minContentRate;
    minResponseRate = builder.minResponseRate;
    transport = builder.transport;
    sideChannels = Set.copyOf(builder.sideChannels);
    protocol = builder.protocol;
  }

  /** Returns the defaults. */
  public static PeerOptions defaults() {
    return builder().build();
  }

  /** Returns a builder that starts with the defaults. */
  public static PeerOptionsBuilder builder() {
    return new PeerOptionsBuilder();
  }

  /** Returns the limits that responses are checked against. */
  public WireLimits limits() {
    return limits;
  }

  /** Returns the content encodings that the server is offered, the most preferred first. */
  public ContentEncodings encodings() {
    return encodings;
  }

  /**
   * Returns the version of the protocol that is spoken, or null for the best that both sides have.
   */
  public @Nullable ProtocolVersion protocol() {
    return protocol;
  }

  /** Returns what the server may send besides responses, if it has the extension. */
  public Set<SideChannel> sideChannels() {
    return sideChannels;
  }

  /** Returns how long a connection, TLS included, may take to be made. */
  public Duration connectTimeout() {
    return connectTimeout;
  }

  /** Returns how long the first byte of a response may take after the request was sent. */
  public Duration firstByteTimeout() {
    return firstByteTimeout;
  }

  /**
   * Returns how long a response that has begun may pause between bytes of its body, and how long
   * its head may take from the first byte to the last.
   */
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

  /**
   * Returns how long the body of a request may be, in bytes: a longer one is not sent and fails
   * with a {@link RequestTooLargeException}. A {@link org.hgwire.client.pull.Pull} sends several
   * smaller ones instead.
   */
  public long maxRequestBytes() {
    return maxRequestBytes;
  }

  /** Returns the headers that every request to the server carries. */
  public List<HttpTransport.Header> headers() {
    return headers;
  }

  /** Returns the credentials for basic authentication, or null. */
  public @Nullable Credentials credentials() {
    return credentials;
  }

  /** Returns through which proxies requests are sent, to the server and to content hosts. */
  public Proxies proxies() {
    return proxies;
  }

  /** Returns which certificates TLS connections trust and present. */
  public TlsOptions tls() {
    return tls;
  }

  /** Returns the listener that sees what goes over the wire. */
  public ExchangeListener listener() {
    return listener;
  }

  /** Returns which HTTP redirects of the repository's address are followed. */
  public HttpRedirects httpRedirects() {
    return httpRedirects;
  }

  /** Returns which content redirects are offered and followed. */
  public RedirectPolicy redirects() {
    return redirects;
  }

  /** Returns what content hosts get besides the bare request. */
  public ContentHosts contentHosts() {
    return contentHosts;
  }

  /**
   * Returns how long the head of a content host's response may take, from the request on; the
   * connection counts too.
   */
  public Duration contentTimeout() {
    return contentTimeout;
  }

  /** Returns how fast a content host has to send. */
  public MinRate minContentRate() {
    return minContentRate;
  }

  /** Returns how fast the server has to send a response whose first object has come. */
  public MinRate minResponseRate() {
    return minResponseRate;
  }

  /**
   * Returns the transport that was set, or null for the one that {@link java.util.ServiceLoader}
   * finds.
   */
  public @Nullable TransportFactory transport() {
    return transport;
  }
}
