// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.PeerText;
import org.hgwire.core.message.ContentLocation;

/**
 * The certificates that a location names to identify its server. Parsed as strict DER. Compared by
 * value, so that connections can be pooled per set. Immutable.
 *
 * @param servers the server's own certificate has to be one of these, byte for byte; empty for any
 * @param authorities the only trust anchors, as DER; empty for those of the client
 */
public record PinSet(List<ByteString> servers, List<ByteString> authorities) {
  /**
   * How many certificates each list may have. It is not a WireLimit: WireLimits bound the object
   * that holds the lists, and this bounds the work of parsing.
   */
  public static final int MAX_CERTIFICATES = 16;

  /** How long a certificate may be, in bytes; bounds the recursion of the DER parser. */
  public static final int MAX_CERTIFICATE_BYTES = 16 * 1024;

  /** No pins: only the client's own checks. */
  public static final PinSet NONE = new PinSet(List.of(), List.of());

  /** The index of keyCertSign in key usage (RFC 5280, section 4.2.1.3). */
  private static final int KEY_CERT_SIGN = 5;

  /** Copies the lists. */
  public PinSet {
    servers = List.copyOf(servers);
    authorities = List.copyOf(authorities);
  }

  /**
   * Parses the pins of a location.
   *
   * @throws RedirectException with {@link RedirectFault#BAD_PINS} if there are too many, or one is
   *     too long, not a certificate in strict DER, or named as an authority without being one
   */
  public static PinSet of(ContentLocation location) throws RedirectException {
    for (X509Certificate server : read(location.serverCertificates(), "serverdercerts")) {
      // Parsed only to refuse malformed ones; they are compared as bytes.
      server.getVersion();
    }
    List<ByteString> authorities = location.authorityCertificates();
    for (X509Certificate authority : read(authorities, "servercadercerts")) {
      requireAuthority(authority);
    }
    return new PinSet(location.serverCertificates(), authorities);
  }

  private static List<X509Certificate> read(List<ByteString> list, String key)
      throws RedirectException {
    if (list.size() > MAX_CERTIFICATES) {
      throw StrictDer.bad(
          key + " has " + list.size() + " certificates; the maximum is " + MAX_CERTIFICATES, null);
    }
    List<X509Certificate> certificates = new ArrayList<>();
    for (ByteString der : list) {
      String name = "certificate " + certificates.size() + " of " + key;
      certificates.add(StrictDer.certificate(der, name));
    }
    return certificates;
  }

  private static void requireAuthority(X509Certificate certificate) throws RedirectException {
    boolean[] usage = certificate.getKeyUsage();
    if (certificate.getBasicConstraints() < 0 || (usage != null && !usage[KEY_CERT_SIGN])) {
      throw StrictDer.bad(
          "servercadercerts names "
              + PeerText.excerpt(certificate.getSubjectX500Principal().getName())
              + ", which may not sign certificates",
          null);
    }
  }

  /** Returns whether nothing is pinned. */
  public boolean isEmpty() {
    return servers.isEmpty() && authorities.isEmpty();
  }

  /**
   * Returns the authorities as certificates.
   *
   * @throws IllegalStateException if one is malformed, which {@link #of} refuses
   */
  public List<X509Certificate> authorityCertificates() {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      for (ByteString der : authorities) {
        certificates.add(StrictDer.parsed(der.toByteArray()));
      }
    } catch (CertificateException e) {
      throw new IllegalStateException("an authority is not a certificate", e);
    }
    return List.copyOf(certificates);
  }

  /**
   * Checks that the peer of a connection showed one of {@link #servers()}. Call it for every
   * exchange before the request is sent, also on resumed and pooled connections.
   *
   * @param peer the peer's own certificate
   * @throws RedirectException with {@link RedirectFault#PIN} if it is not one of them
   */
  public void requireServer(X509Certificate peer) throws RedirectException {
    if (!servers.isEmpty() && !servers.contains(der(peer))) {
      throw new RedirectException(
          RedirectFault.PIN,
          "the server shows the certificate of "
              + PeerText.excerpt(peer.getSubjectX500Principal().getName())
              + ", which is not one of those in serverdercerts");
    }
  }

  private static ByteString der(X509Certificate certificate) throws RedirectException {
    try {
      return ByteString.copyOf(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new RedirectException(
          RedirectFault.CERTIFICATE, "the server's certificate has no encoded form", e);
    }
  }
}
