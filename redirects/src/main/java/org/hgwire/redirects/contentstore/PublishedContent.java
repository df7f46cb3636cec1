// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.contentstore;

import java.net.URI;
import java.util.List;
import org.hgwire.core.ByteString;

/**
 * Where content is published.
 *
 * @param url the URL to request
 * @param serverCertificates the certificates that its server may show, as DER; may be empty
 * @param authorityCertificates the authorities of its server's certificate, as DER; may be empty
 */
public record PublishedContent(
    URI url, List<ByteString> serverCertificates, List<ByteString> authorityCertificates) {
  /** Copies the lists. */
  public PublishedContent {
    serverCertificates = List.copyOf(serverCertificates);
    authorityCertificates = List.copyOf(authorityCertificates);
  }
}
