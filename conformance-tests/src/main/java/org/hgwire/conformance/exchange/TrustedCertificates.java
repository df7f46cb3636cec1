// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.exchange;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.hgwire.core.ByteString;

/** TLS that trusts some certificates, of servers or authorities, and no others. */
final class TrustedCertificates {
  private TrustedCertificates() {}

  /**
   * Returns the sockets.
   *
   * @param certificates the certificates, DER; none for those of the platform
   * @throws IOException if one cannot be read
   */
  static SSLSocketFactory sockets(List<ByteString> certificates) throws IOException {
    if (certificates.isEmpty()) {
      return (SSLSocketFactory) SSLSocketFactory.getDefault();
    }
    try {
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      CertificateFactory reader = CertificateFactory.getInstance("X.509");
      for (ByteString certificate : certificates) {
        trusted.setCertificateEntry(
            Integer.toString(trusted.size()),
            reader.generateCertificate(new ByteArrayInputStream(certificate.toByteArray())));
      }
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IOException("the certificates of the location cannot be used: " + e, e);
    }
  }
}
