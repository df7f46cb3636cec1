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
 * A server, and whether a client trusts it: the same whichever way it is connected to, over a new,
 * resumed, pooled or coalesced connection. The policies allow loopback addresses, so that servers
 * can be real.
 *
 * @param name what the case is about, unique
 * @param chain what the server shows, its own certificate first
 * @param key the key of the server's own certificate
 * @param host whom the client wants
 * @param pins what the client was told of the server
 * @param ownAuthorities those that the user of the client named
 * @param policy what the user of the client allows
 * @param fault why the server is not trusted, or null if it is
 */
public record TrustCase(
    String name,
    List<X509Certificate> chain,
    PrivateKey key,
    String host,
    PinSet pins,
    List<X509Certificate> ownAuthorities,
    RedirectPolicy policy,
    @Nullable RedirectFault fault) {
  /** Copies the lists. */
  public TrustCase {
    chain = List.copyOf(chain);
    ownAuthorities = List.copyOf(ownAuthorities);
  }

  /** Returns all cases, made once. */
  public static List<TrustCase> all() {
    return All.CASES;
  }

  private static final class All {
    static final List<TrustCase> CASES = new TrustCases().cases();
  }

  /** Returns the trust of the client. */
  public ContentTrust trust() {
    return ContentTrust.of(pins, ownAuthorities, policy);
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
