// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.ByteString;

/** Reads files of certificates. */
final class CertificateFile {
  private CertificateFile() {}

  /** Returns the certificates of a file, PEM or DER, as DER. */
  static List<ByteString> read(Path file) throws IOException {
    List<ByteString> certificates = new ArrayList<>();
    try (InputStream in = NamedInput.open(file)) {
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        certificates.add(ByteString.copyOf(each.getEncoded()));
      }
    } catch (CertificateException e) {
      throw new IllegalArgumentException(file + " contains no certificate in PEM or DER", e);
    }
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException(file + " contains no certificate in PEM or DER");
    }
    return certificates;
  }
}
