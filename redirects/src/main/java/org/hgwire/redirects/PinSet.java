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
 * The certificates that a location names: whom the server it points to must be. Read strictly as
 * DER. Compared by value, so that connections can be kept apart by it. Immutable.
 *
 * @param servers of which the server's own certificate must be one, byte for byte; empty for any
 * @param authorities the only anchors of the path check, as DER; empty for those of the client
 */
public record PinSet(List<ByteString> servers, List<ByteString> authorities) {
  /** At most this many certificates are taken in each list. */
  public static final int MAX_CERTIFICATES = 16;

  /** At most so long may a certificate be, in bytes. */
  public static final int MAX_CERTIFICATE_BYTES = 16 * 1024;

  /** No pins: the client's own checks alone. */
  public static final PinSet NONE = new PinSet(List.of(), List.of());

  /** Where key usage has keyCertSign (RFC 5280, section 4.2.1.3). */
  private static final int KEY_CERT_SIGN = 5;

  /** Copies the lists. */
  public PinSet {
    servers = List.copyOf(servers);
    authorities = List.copyOf(authorities);
  }

  /**
   * Reads the pins of a location.
   *
   * @throws RedirectException with {@link RedirectFault#BAD_PINS} if there are too many, one is too
   *     long, is not a certificate in strict DER, or is named as an authority and is none
   */
  public static PinSet of(ContentLocation location) throws RedirectException {
    for (X509Certificate server : read(location.serverCertificates(), "serverdercerts")) {
      // Read to refuse what is malformed; compared as bytes.
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
          key + " has " + list.size() + " certificates, more than " + MAX_CERTIFICATES, null);
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
   * @throws IllegalStateException if one is none, which {@link #of} refuses
   */
  public List<X509Certificate> authorityCertificates() {
    List<X509Certificate> certificates = new ArrayList<>();
    try {
      for (ByteString der : authorities) {
        certificates.add(StrictDer.parsed(der.toByteArray()));
      }
    } catch (CertificateException e) {
      throw new IllegalStateException("an authority is no certificate", e);
    }
    return List.copyOf(certificates);
  }

  /**
   * Holds the certificate that the peer of a connection showed against {@link #servers()}; to be
   * called for every exchange, on resumed and pooled connections too, before the request is sent.
   *
   * @param peer the peer's own certificate
   * @throws RedirectException with {@link RedirectFault#PIN} if it is none of them
   */
  public void requireServer(X509Certificate peer) throws RedirectException {
    if (!servers.isEmpty() && !servers.contains(der(peer))) {
      throw new RedirectException(
          RedirectFault.PIN,
          "the server shows the certificate of "
              + PeerText.excerpt(peer.getSubjectX500Principal().getName())
              + ", which is none of those that serverdercerts names");
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
