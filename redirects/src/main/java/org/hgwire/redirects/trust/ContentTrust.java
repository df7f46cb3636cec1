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
 * Decides whether the server of a connection is the content host that it should be. Immutable; safe
 * for use by several threads.
 *
 * <p>The validity, key usage, extended key usage (serverAuth), critical extensions and host name of
 * the server's own certificate are always checked. In addition:
 *
 * <ul>
 *   <li>{@code serverdercerts}: the certificate has to be one of these, byte for byte. It may be
 *       self-signed.
 *   <li>{@code servercadercerts}: a path has to lead to one of these; no other authorities count.
 *   <li>Both: both have to hold.
 *   <li>Without these pins the host is checked as the origin server is: a path has to lead to one
 *       of the authorities that the user trusts for it, or else to one of the platform.
 *   <li>{@link RedirectPolicy#authorities()}, which the user trusts for content hosts: a path has
 *       to lead to one of these, besides what is pinned, and in place of the check of the origin.
 * </ul>
 */
public final class ContentTrust {
  /** Bounds the work of path building; TLS bounds the size of the message. */
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
   * Makes the trust in a content host.
   *
   * @param pins the pins of the location; none if they came from an origin that was not
   *     authenticated
   * @param ofOrigin the only authorities that the user trusts for the origin server, or empty for
   *     those of the platform
   * @param policy says which authorities are trusted for content hosts, and whether expiry and host
   *     names are checked
   */
  public static ContentTrust of(
      PinSet pins, List<X509Certificate> ofOrigin, RedirectPolicy policy) {
    List<PathCheck> paths = new ArrayList<>();
    if (!pins.authorities().isEmpty()) {
      paths.add(
          new PathCheck("servercadercerts", pins.authorityCertificates(), policy.ignoreExpiry()));
    }
    List<X509Certificate> ofContent = policy.authorities();
    if (!ofContent.isEmpty()) {
      paths.add(
          new PathCheck("the authorities for content hosts", ofContent, policy.ignoreExpiry()));
    } else if (pins.isEmpty() && !ofOrigin.isEmpty()) {
      paths.add(new PathCheck("the authorities for the server", ofOrigin, policy.ignoreExpiry()));
    }
    boolean byPlatform = pins.isEmpty() && paths.isEmpty();
    return new ContentTrust(
        pins, policy, List.copyOf(paths), byPlatform ? PlatformTrust.of(policy) : null);
  }

  /**
   * Returns the trust manager for connections to such a host. It also checks the host name, whether
   * or not endpoint identification is switched on: the name with which the socket or engine was
   * created. The exceptions that it throws have a {@link RedirectException} as their cause. It
   * trusts no clients.
   */
  public X509ExtendedTrustManager trustManager() {
    return new CheckedTrust(this);
  }

  /**
   * Checks a connection that was resumed, pooled or opened for another host as the trust manager
   * checks a new one. Call it before each request is sent.
   *
   * @param chain the certificates of the peer, its own first, as returned by {@link
   *     javax.net.ssl.SSLSession#getPeerCertificates}
   * @param host the host of the URL, as a name or an address
   * @throws RedirectException with {@link RedirectFault#PIN} or {@link RedirectFault#CERTIFICATE}
   */
  public void requirePeer(List<? extends Certificate> chain, String host) throws RedirectException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Certificate certificate : chain) {
      if (!(certificate instanceof X509Certificate x509)) {
        throw ServerCertificate.refused("the server shows a certificate that is not X.509", null);
      }
      certificates.add(x509);
    }
    require(certificates, host, PlatformTrust.Connection.NONE);
  }

  /** Checks a chain; the host is null only if host names are not checked. */
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
    ServerCertificate.requireKnownExtensions(server);
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

  /** Returns the trust anchors, for the platform's TLS. */
  List<X509Certificate> anchors() {
    List<X509Certificate> anchors = new ArrayList<>();
    paths.forEach(path -> anchors.addAll(path.anchors()));
    if (platform != null) {
      anchors.addAll(platform.anchors());
    }
    return anchors;
  }
}
