// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.trust;

import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.hgwire.core.PeerText;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.RedirectFault;
import org.jspecify.annotations.Nullable;

/** The checks of the server's own certificate, whichever way it is trusted. */
final class ServerCertificate {
  private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
  private static final String ANY_PURPOSE = "2.5.29.37.0";

  private static final int DIGITAL_SIGNATURE = 0;
  private static final int KEY_ENCIPHERMENT = 2;
  private static final int KEY_AGREEMENT = 4;

  private ServerCertificate() {}

  static void requireValidity(X509Certificate certificate) throws RedirectException {
    try {
      certificate.checkValidity();
    } catch (CertificateExpiredException e) {
      throw refused(
          "the certificate of " + name(certificate) + " expired at " + certificate.getNotAfter(),
          e);
    } catch (CertificateNotYetValidException e) {
      throw refused(
          "the certificate of "
              + name(certificate)
              + " is not valid before "
              + certificate.getNotBefore(),
          e);
    }
  }

  /** Checks that the key may be used by a TLS server (RFC 5280, sections 4.2.1.3 and 12). */
  static void requirePurpose(X509Certificate certificate) throws RedirectException {
    boolean[] usage = certificate.getKeyUsage();
    if (usage != null
        && !usage[DIGITAL_SIGNATURE]
        && !usage[KEY_ENCIPHERMENT]
        && !usage[KEY_AGREEMENT]) {
      throw refused("the key usage of " + name(certificate) + " does not allow TLS", null);
    }
    if (!servesTls(certificate)) {
      throw refused("the certificate of " + name(certificate) + " is not for TLS servers", null);
    }
  }

  /** Returns whether extended key usage, if present, includes serverAuth or any. */
  static boolean servesTls(X509Certificate certificate) {
    try {
      List<String> purposes = certificate.getExtendedKeyUsage();
      return purposes == null || purposes.contains(SERVER_AUTH) || purposes.contains(ANY_PURPOSE);
    } catch (CertificateParsingException e) {
      return false;
    }
  }

  static void requireHost(X509Certificate certificate, @Nullable String host)
      throws RedirectException {
    if (host == null) {
      throw refused("the host name of the connection is unknown", null);
    }
    if (!HostMatch.matches(certificate, host)) {
      throw refused(
          "the certificate of "
              + name(certificate)
              + " is not for the host "
              + PeerText.excerpt(host),
          null);
    }
  }

  static String name(X509Certificate certificate) {
    return PeerText.excerpt(certificate.getSubjectX500Principal().getName());
  }

  static RedirectException refused(String message, @Nullable Throwable cause) {
    return new RedirectException(RedirectFault.CERTIFICATE, message, cause);
  }
}
