// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x509.Certificate;
import org.hgwire.core.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Parses certificates that have one form only: DER (X.690, section 10) to the last byte. A lenient
 * parser would accept several encodings of a certificate, and pins are compared byte for byte.
 */
final class StrictDer {
  private StrictDer() {}

  /**
   * Parses a certificate.
   *
   * @param name what the certificate is, as the subject of a message
   * @throws RedirectException with {@link RedirectFault#BAD_PINS} if it is malformed, or longer
   *     than {@link PinSet#MAX_CERTIFICATE_BYTES}
   */
  static X509Certificate certificate(ByteString der, String name) throws RedirectException {
    if (der.length() > PinSet.MAX_CERTIFICATE_BYTES) {
      throw bad(name + " is longer than " + PinSet.MAX_CERTIFICATE_BYTES + " bytes", null);
    }
    byte[] bytes = der.toByteArray();
    if (!isDer(bytes)) {
      throw bad(name + " is not a certificate in DER", null);
    }
    try {
      X509Certificate certificate = parsed(bytes);
      if (Arrays.equals(certificate.getEncoded(), bytes)) {
        return certificate;
      }
      throw bad(name + " is not in canonical form", null);
    } catch (CertificateException e) {
      throw bad(name + " cannot be parsed by this platform", e);
    }
  }

  /** Parses a certificate that was strictly parsed before. */
  static X509Certificate parsed(byte[] der) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  private static boolean isDer(byte[] bytes) {
    try {
      // Fails on trailing bytes.
      ASN1Primitive value = ASN1Primitive.fromByteArray(bytes);
      return value != null
          && Certificate.getInstance(value).getTBSCertificate() != null
          && Arrays.equals(value.getEncoded(ASN1Encoding.DER), bytes);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      // The library has no single exception for malformed input, and parses nested values by
      // recursion; 16 KiB can nest too deep for a small stack.
      return false;
    }
  }

  static RedirectException bad(String message, @Nullable Throwable cause) {
    return new RedirectException(RedirectFault.BAD_PINS, message, cause);
  }
}
