// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.trust;

import java.io.IOException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.ASN1OctetString;
import org.hgwire.redirects.RedirectException;

/**
 * The constraints of an authority on the certificates below it. For the platform's path check an
 * anchor is only a name and a key; it ignores the rest of its certificate.
 *
 * @param names the names that they may have
 * @param pathLength how many authorities may follow
 */
record AnchorLimits(X509CertSelector names, int pathLength) {
  private static final String NAME_CONSTRAINTS = "2.5.29.30";

  private static final int KEY_CERT_SIGN = 5;

  /**
   * Reads the constraints of an anchor.
   *
   * @throws RedirectException if it is not an authority; certificates of version 3 have to say that
   *     they are
   */
  static AnchorLimits of(X509Certificate anchor) throws RedirectException {
    boolean[] usage = anchor.getKeyUsage();
    int length = anchor.getBasicConstraints();
    if ((length < 0 && anchor.getVersion() >= 3) || (usage != null && !usage[KEY_CERT_SIGN])) {
      throw ServerCertificate.refused(
          ServerCertificate.name(anchor) + " may not sign certificates", null);
    }
    X509CertSelector names = new X509CertSelector();
    byte[] constraints = anchor.getExtensionValue(NAME_CONSTRAINTS);
    try {
      if (constraints != null) {
        names.setNameConstraints(ASN1OctetString.getInstance(constraints).getOctets());
      }
    } catch (IOException | IllegalArgumentException e) {
      throw ServerCertificate.refused(
          "the name constraints of " + ServerCertificate.name(anchor) + " cannot be read", e);
    }
    return new AnchorLimits(names, length < 0 ? Integer.MAX_VALUE : length);
  }

  /** Checks that the name of each certificate of the path is allowed. */
  void require(List<X509Certificate> path) throws CertPathValidatorException {
    for (X509Certificate certificate : path) {
      if (!names.match(certificate)) {
        throw new CertPathValidatorException(
            ServerCertificate.name(certificate)
                + " has a name for which its authority may not sign");
      }
    }
  }
}
