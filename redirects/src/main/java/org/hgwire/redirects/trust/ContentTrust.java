// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.trust;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.X509ExtendedTrustManager;
import org.hgwire.redirects.PinSet;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.RedirectFault;
import org.hgwire.redirects.RedirectPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Whether the server of a connection is the one that contents may be fetched from. Immutable; safe
 * for use by several threads.
 *
 * <p>Of the server's own certificate the validity, key usage, extended key usage (serverAuth) and
 * the host name are checked as ever, whatever is pinned; and
 *
 * <ul>
 *   <li>{@code serverdercerts}: it is one of them, byte for byte. That takes the place of the
 *       platform's path check: it may be signed by itself.
 *   <li>{@code servercadercerts}: a path leads to one of them, and to nothing else.
 *   <li>Both: both.
 *   <li>The user's own authorities: a path leads to one of them, whatever is pinned.
 *   <li>None of these: the platform trusts it.
 * </ul>
 */
public final class ContentTrust {
  private static final int MAX_CHAIN = 16;

  private final PinSet pins;
  private final RedirectPolicy policy;
  private final List<PathCheck> paths;
  private final @Nullable PlatformTrust platform;

  private ContentTrust(
      PinSet pins, RedirectPolicy policy, List<PathCheck> paths, @Nullable PlatformTrust platform) {
    this.pins = pins;
    this.policy = policy;
    this.paths = paths;
    this.platform = platform;
  }

  /**
   * Makes the trust in a host of contents.
   *
   * @param pins what the location names; none if it was learnt over an unprotected connection
   * @param ownAuthorities the only authorities that the user trusts, or empty for those of the
   *     platform; where the user names some, they hold besides those of the pins
   * @param policy what the user allows of expiry and host names
   */
  public static ContentTrust of(
      PinSet pins, List<X509Certificate> ownAuthorities, RedirectPolicy policy) {
    List<PathCheck> paths = new ArrayList<>();
    if (!pins.authorities().isEmpty()) {
      paths.add(
          new PathCheck("servercadercerts", pins.authorityCertificates(), policy.ignoreExpiry()));
    }
    if (!ownAuthorities.isEmpty()) {
      paths.add(new PathCheck("the user's own authorities", ownAuthorities, policy.ignoreExpiry()));
    }
    boolean byPlatform = pins.isEmpty() && paths.isEmpty();
    return new ContentTrust(
        pins, policy, List.copyOf(paths), byPlatform ? PlatformTrust.of(policy) : null);
  }

  /**
   * Returns the trust manager for connections to such a host, which checks the host name too,
   * whether or not the endpoint identification of the connection is switched on: as that the name
   * counts with which the socket or engine was made. An exception that it throws has a {@link
   * RedirectException} as its cause. It trusts no clients.
   */
  public X509ExtendedTrustManager trustManager() {
    return new CheckedTrust(this);
  }

  /**
   * Checks again, of a connection that was resumed, pooled or made for another host, all that the
   * trust manager checks of a new one; to be called before each request is sent.
   *
   * @param chain what the peer showed, its own certificate first, as {@link
   *     javax.net.ssl.SSLSession#getPeerCertificates} has it
   * @param host the host of the URL, as a name or an address
   * @throws RedirectException with {@link RedirectFault#PIN} or {@link RedirectFault#CERTIFICATE}
   */
  public void requirePeer(List<? extends Certificate> chain, String host) throws RedirectException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Certificate certificate : chain) {
      if (!(certificate instanceof X509Certificate x509)) {
        throw ServerCertificate.refused("the server shows what is no X.509 certificate", null);
      }
      certificates.add(x509);
    }
    require(certificates, host, PlatformTrust.Connection.NONE);
  }

  /** Checks a chain; without a host only where the user wants no host name checked. */
  void require(
      List<X509Certificate> chain, @Nullable String host, PlatformTrust.Connection connection)
      throws RedirectException {
    if (chain.isEmpty() || chain.size() > MAX_CHAIN) {
      throw ServerCertificate.refused(
          "the server shows " + chain.size() + " certificates, not 1 to " + MAX_CHAIN, null);
    }
    X509Certificate server = chain.get(0);
    pins.requireServer(server);
    if (!policy.ignoreExpiry()) {
      ServerCertificate.requireValidity(server);
    }
    ServerCertificate.requirePurpose(server);
    if (!policy.ignoreHostName()) {
      ServerCertificate.requireHost(server, host);
    }
    for (PathCheck path : paths) {
      path.require(chain);
    }
    if (platform != null) {
      platform.require(chain, connection);
    }
  }

  /** Returns what the TLS of the platform may want to know of the anchors. */
  List<X509Certificate> anchors() {
    List<X509Certificate> anchors = new ArrayList<>();
    paths.forEach(path -> anchors.addAll(path.anchors()));
    if (platform != null) {
      anchors.addAll(platform.anchors());
    }
    return anchors;
  }
}
