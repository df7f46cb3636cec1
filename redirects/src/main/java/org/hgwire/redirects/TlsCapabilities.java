// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import java.security.NoSuchAlgorithmException;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;

/**
 * What the TLS of a client can do; the requirements of redirect targets are compared with it.
 *
 * @param serverNames whether it sends Server Name Indication
 * @param versions the versions that it supports, such as {@code 1.2}
 */
public record TlsCapabilities(boolean serverNames, Set<String> versions) {
  private static final String PREFIX = "TLSv";

  /** Copies the set. */
  public TlsCapabilities {
    versions = Set.copyOf(versions);
  }

  /** Returns the capabilities of the platform's default TLS. */
  public static TlsCapabilities ofPlatform() {
    try {
      return of(SSLContext.getDefault());
    } catch (NoSuchAlgorithmException e) {
      return new TlsCapabilities(false, Set.of());
    }
  }

  /**
   * Returns the capabilities of the client sockets of {@code context}, with the versions that it
   * enables.
   */
  public static TlsCapabilities of(SSLContext context) {
    Set<String> versions = new TreeSet<>();
    for (String protocol : context.getDefaultSSLParameters().getProtocols()) {
      if (protocol.startsWith(PREFIX)) {
        String version = protocol.substring(PREFIX.length());
        versions.add(version.indexOf('.') < 0 ? version + ".0" : version);
      }
    }
    // The platform's TLS has sent server names since Java 7, unless that is switched off.
    boolean names = !"false".equalsIgnoreCase(System.getProperty("jsse.enableSNIExtension"));
    return new TlsCapabilities(names, versions);
  }
}
