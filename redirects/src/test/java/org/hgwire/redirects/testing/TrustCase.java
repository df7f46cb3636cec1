// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.testing;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.hgwire.redirects.PinSet;
import org.hgwire.redirects.RedirectFault;
import org.hgwire.redirects.RedirectPolicy;
import org.hgwire.redirects.trust.ContentTrust;
import org.jspecify.annotations.Nullable;

/**
 * A server, and whether a client trusts it: the outcome is the same over a new, resumed, pooled or
 * coalesced connection. The policies allow loopback addresses, so that real servers can be used.
 *
 * @param name what the case is about, unique
 * @param chain the certificates that the server shows, its own first
 * @param key the key of the server's own certificate
 * @param host the host that the client connects to
 * @param pins the pins of the location
 * @param originAuthorities the authorities that the user trusts for the origin server
 * @param policy the user's policy
 * @param fault why the server is not trusted, or null if it is
 */
public record TrustCase(
    String name,
    List<X509Certificate> chain,
    PrivateKey key,
    String host,
    PinSet pins,
    List<X509Certificate> originAuthorities,
    RedirectPolicy policy,
    @Nullable RedirectFault fault) {
  /** Copies the lists. */
  public TrustCase {
    chain = List.copyOf(chain);
    originAuthorities = List.copyOf(originAuthorities);
  }

  /** Returns all cases, created once. */
  public static List<TrustCase> all() {
    return All.CASES;
  }

  private static final class All {
    static final List<TrustCase> CASES = new TrustCases().cases();
  }

  /** Returns the trust of the client. */
  public ContentTrust trust() {
    return ContentTrust.of(pins, originAuthorities, policy);
  }

  /** Returns the TLS of the server. */
  public SSLContext serverContext() {
    return FixedKey.serverContext(chain, key);
  }

  /** Returns the name. */
  @Override
  public String toString() {
    return name;
  }
}
