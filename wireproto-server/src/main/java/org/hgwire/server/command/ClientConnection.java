// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command;

import java.net.SocketAddress;
import java.security.cert.Certificate;
import java.util.List;
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

  /** Copies the list. */
  public ClientConnection {
    certificates = List.copyOf(certificates);
  }
}
