// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.trust;

import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
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

  /**
   * What a critical extension may be: basic constraints, key usage, extended key usage and names,
   * which are checked; constraints of names and policies, which are for authorities.
   */
  private static final Set<String> KNOWN_EXTENSIONS =
      Set.of(
          "2.5.29.15",
          "2.5.29.17",
          "2.5.29.19",
          "2.5.29.30",
          "2.5.29.32",
          "2.5.29.33",
          "2.5.29.36",
          "2.5.29.37",
          "2.5.29.54");

  private ServerCertificate() {}

  /** "A certificate-using system MUST reject the certificate" (RFC 5280, section 4.2). */
  static void requireKnownExtensions(X509Certificate certificate) throws RedirectException {
    Set<String> critical = certificate.getCriticalExtensionOIDs();
    for (String extension : critical == null ? Set.<String>of() : critical) {
      if (!KNOWN_EXTENSIONS.contains(extension)) {
        throw refused(
            "the certificate of "
                + name(certificate)
                + " has the critical extension "
                + PeerText.excerpt(extension)
                + ", which is unknown",
            null);
      }
    }
  }

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
