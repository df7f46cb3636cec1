// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.hgwire.client.ContentHosts;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.Proxies;
import org.hgwire.client.TlsOptions;
import org.hgwire.redirects.PinSet;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.RedirectFault;
import org.hgwire.redirects.RedirectPolicy;
import org.hgwire.redirects.fetch.ContentFetcher;
import org.hgwire.redirects.fetch.ContentRequest;
import org.hgwire.redirects.fetch.ContentResponse;
import org.jspecify.annotations.Nullable;

/** Single fetches from a {@link ContentServer}, and why they fail. */
final class ContentFetches {
  /** Content is fetched from this machine. */
  static final RedirectPolicy LOCAL =
      RedirectPolicy.builder().addresses(LocalNames.LOOPBACK).build();

  private ContentFetches() {}

  static OkHttpContentFetcher fetcher(
      List<X509Certificate> authorities, RedirectPolicy policy, ContentHosts hosts) {
    PeerOptions options =
        PeerOptions.builder()
            .tls(TlsOptions.trusting(authorities.toArray(X509Certificate[]::new)))
            .redirects(policy)
            .contentHosts(hosts)
            .build();
    return new OkHttpContentFetcher(options, new LocalNames(), ProxyChoice.of(Proxies.NONE));
  }

  static OkHttpContentFetcher fetcher(X509Certificate... authorities) {
    return fetcher(List.of(authorities), LOCAL, ContentHosts.NONE);
  }

  /** Fetches; returns why that failed, or null if it did not. */
  static @Nullable RedirectFault fault(
      ContentFetcher fetcher, ContentServer server, String host, PinSet pins) {
    try (ContentResponse response =
        fetcher.fetch(new ContentRequest(URI.create(server.url(host)), pins, 0, null))) {
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.body().readAllBytes()).isEqualTo(server.content);
      return null;
    } catch (IOException e) {
      boolean certificate = false;
      Throwable at = e;
      for (int i = 0; i < 10 && at != null; i++) {
        if (at instanceof RedirectException typed) {
          return typed.fault();
        }
        certificate |= at instanceof CertificateException;
        at = at.getCause();
      }
      if (certificate || e instanceof javax.net.ssl.SSLPeerUnverifiedException) {
        return RedirectFault.CERTIFICATE;
      }
      if (e instanceof javax.net.ssl.SSLException) {
        return RedirectFault.TLS;
      }
      throw new AssertionError("not a failure of trust", e);
    }
  }
}
