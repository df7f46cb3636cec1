// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.trust;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.hgwire.redirects.AddressLiteral;
import org.hgwire.redirects.Cidr;
import org.hgwire.redirects.HostName;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a certificate is for a host (RFC 9525): a subject alternative name is the
 * address, or the name, or the name with {@code *} for the whole first label, followed by at least
 * two more. The common name does not count. The platform's own check is only available during a
 * handshake, and connections that are reused, or used for another host, have none.
 */
final class HostMatch {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  private HostMatch() {}

  static boolean matches(X509Certificate certificate, String host) {
    boolean brackets = host.startsWith("[") && host.endsWith("]");
    String plain = brackets ? host.substring(1, host.length() - 1) : host;
    InetAddress address = AddressLiteral.parse(plain);
    String name = address == null ? HostName.canonical(plain) : null;
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names != null && names.stream().anyMatch(entry -> matches(entry, name, address));
    } catch (CertificateParsingException e) {
      return false;
    }
  }

  private static boolean matches(
      List<?> entry, @Nullable String host, @Nullable InetAddress address) {
    if (!(entry.get(0) instanceof Integer type) || !(entry.get(1) instanceof String value)) {
      return false;
    }
    if (address != null) {
      InetAddress other = type == IP_ADDRESS ? AddressLiteral.parse(value) : null;
      return other != null
          && Cidr.of(other, Byte.SIZE * other.getAddress().length).contains(address);
    }
    return type == DNS_NAME && host != null && matches(value.toLowerCase(Locale.ROOT), host);
  }

  private static boolean matches(String pattern, String host) {
    if (!pattern.startsWith("*.")) {
      return pattern.equals(host);
    }
    int dot = host.indexOf('.');
    return dot > 0
        && pattern.indexOf('.', 2) > 0
        && pattern.substring(1).equals(host.substring(dot));
  }
}
