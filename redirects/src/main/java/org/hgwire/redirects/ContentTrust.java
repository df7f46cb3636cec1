// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Makes trust managers for the hosts of contents: path, validity, key usage and host name are
 * checked as ever, with the authorities of the pins as the only anchors where there are some, and
 * the server's certificate is held against the pins.
 */
public final class ContentTrust {
  private ContentTrust() {}

  /**
   * Makes the trust in a host of contents.
   *
   * @param pins what the location names; none if it was learnt over an unprotected connection
   * @param ownAuthorities the only authorities that the user trusts, or empty for those of the
   *     platform; where the user names some, they hold besides those of the pins
   * @param policy what the user allows of expiry and host names
   */
  public static ContentTrust of(
      PinSet pins, List<X509Certificate> ownAuthorities, RedirectPolicy policy) {
    throw new UnsupportedOperationException();
  }

  /**
   * Returns the trust manager for connections to such a host, which checks the host name too,
   * whether or not the endpoint identification of the connection is switched on. An exception that
   * it throws has a {@link RedirectException} as its cause.
   */
  public X509ExtendedTrustManager trustManager() {
    throw new UnsupportedOperationException();
  }

  /**
   * Checks again, of a connection that was resumed, pooled or made for another host, all that the
   * trust manager checks of a new one; to be called before each request is sent.
   *
   * @param chain what the peer showed, its own certificate first
   * @param host the host of the URL
   * @throws RedirectException with {@link RedirectFault#PIN} or {@link RedirectFault#CERTIFICATE}
   */
  public void requirePeer(List<? extends Certificate> chain, String host) throws RedirectException {
    throw new UnsupportedOperationException();
  }
}
