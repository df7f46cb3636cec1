// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.contentstore;

import java.net.URI;
import java.util.List;
import org.hgwire.core.ByteString;

/**
 * Where a content is published.
 *
 * @param url where it may be requested
 * @param serverCertificates the certificates of which its server's is one, as DER; empty for none
 *     named
 * @param authorityCertificates the certificates of its authorities, as DER; empty for none named
 */
public record PublishedContent(
    URI url, List<ByteString> serverCertificates, List<ByteString> authorityCertificates) {
  /** Copies the lists. */
  public PublishedContent {
    serverCertificates = List.copyOf(serverCertificates);
    authorityCertificates = List.copyOf(authorityCertificates);
  }
}
