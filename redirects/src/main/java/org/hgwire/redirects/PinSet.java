// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import java.security.cert.X509Certificate;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.message.ContentLocation;

/**
 * The certificates that a location names: whom the server it points to must be. Read strictly as
 * DER. Compared by value, so that connections can be kept apart by it. Immutable.
 *
 * @param servers of which the server's own certificate must be one, byte for byte; empty for any
 * @param authorities the only anchors of the path check, as DER; empty for those of the client
 */
public record PinSet(List<ByteString> servers, List<ByteString> authorities) {
  /** At most this many certificates are taken in each list. */
  public static final int MOST_CERTIFICATES = 16;

  /** At most so long may a certificate be, in bytes. */
  public static final int MOST_BYTES = 16 * 1024;

  /** No pins: the client's own checks alone. */
  public static final PinSet NONE = new PinSet(List.of(), List.of());

  /** Copies the lists. */
  public PinSet {
    servers = List.copyOf(servers);
    authorities = List.copyOf(authorities);
  }

  /**
   * Reads the pins of a location.
   *
   * @throws RedirectException with {@link RedirectFault#BAD_PINS} if there are too many, one is too
   *     long, is not a certificate in strict DER, or is named as an authority and is none
   */
  public static PinSet of(ContentLocation location) throws RedirectException {
    throw new UnsupportedOperationException();
  }

  /** Returns whether nothing is pinned. */
  public boolean isEmpty() {
    return servers.isEmpty() && authorities.isEmpty();
  }

  /** Returns the authorities as certificates. */
  public List<X509Certificate> authorityCertificates() {
    throw new UnsupportedOperationException();
  }

  /**
   * Holds the certificate that the peer of a connection showed against {@link #servers()}; to be
   * called for every exchange, on resumed and pooled connections too, before the request is sent.
   *
   * @param peer the peer's own certificate
   * @throws RedirectException with {@link RedirectFault#PIN} if it is none of them
   */
  public void requireServer(X509Certificate peer) throws RedirectException {
    throw new UnsupportedOperationException();
  }
}
