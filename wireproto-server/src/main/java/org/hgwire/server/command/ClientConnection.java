// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command;

import java.net.SocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * The connection a request came over.
 *
 * @param address the client's address, or null if it is not known
 * @param secure whether it is encrypted
 * @param certificates the certificates by which the client authenticated itself in TLS, its own
 *     first; empty if it did not
 */
public record ClientConnection(
    @Nullable SocketAddress address, boolean secure, List<Certificate> certificates) {
  /** A connection of which nothing is known. */
  public static final ClientConnection UNKNOWN = new ClientConnection(null, false, List.of());

  /** Returns a connection without encryption. */
  public static ClientConnection plain(@Nullable SocketAddress address) {
    return new ClientConnection(address, false, List.of());
  }

  /** Returns an encrypted connection, with the certificates of the client. */
  public static ClientConnection tls(
      @Nullable SocketAddress address, List<Certificate> certificates) {
    return new ClientConnection(address, true, certificates);
  }

  /** Copies the list. */
  public ClientConnection {
    certificates = List.copyOf(certificates);
  }

  /** Returns this connection with another address of the client. */
  public ClientConnection withAddress(SocketAddress other) {
    return new ClientConnection(other, secure, certificates);
  }

  /**
   * Returns the X.500 name in the client's own certificate, or null if it sent no X.509 certificate
   * in TLS.
   */
  public @Nullable X500Principal subject() {
    return !certificates.isEmpty() && certificates.get(0) instanceof X509Certificate own
        ? own.getSubjectX500Principal()
        : null;
  }
}
