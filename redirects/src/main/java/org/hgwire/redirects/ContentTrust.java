// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

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
   * Returns a trust manager.
   *
   * @param pins what the location names; none if it was learnt over an unprotected connection
   * @param ownAuthorities the only authorities that the user trusts, or empty for those of the
   *     platform; where the user names some, they hold besides those of the pins
   * @param policy what the user allows of expiry and host names
   */
  public static X509ExtendedTrustManager of(
      PinSet pins, List<X509Certificate> ownAuthorities, RedirectPolicy policy) {
    throw new UnsupportedOperationException();
  }
}
