// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.PeerOptionsBuilder;
import org.hgwire.client.TlsOptions;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.pull.PullSummary;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.store.TemporaryRepositorySink;
import org.hgwire.conformance.content.ContentHost;
import org.hgwire.conformance.content.ContentHost.Behaviour;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.mercurial.RedirectingHgServe;
import org.hgwire.conformance.mercurial.RedirectingHgServe.Content;
import org.hgwire.conformance.mercurial.SampleRepositories;
import org.hgwire.redirects.AddressPolicy;
import org.hgwire.redirects.RedirectPolicy;
import org.hgwire.redirects.testing.Nginx;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A real hg serve redirects, and our client gets the same from there as inline. */
final class OurClientFollowsHgRedirectsTest {
  private static final RedirectPolicy LOOPBACK =
      RedirectPolicy.builder().addresses(AddressPolicy.PUBLIC.allowing("127.0.0.1")).build();
  private static final List<String> INLINE =
      List.of("changesetdata inline", "manifestdata inline", "filesdata inline");
  private static final List<String> REDIRECTED =
      List.of("changesetdata redirected", "manifestdata redirected", "filesdata redirected");

  @TempDir Path temporary;
  private Path content;
  private Path source;
  private Hg hg;

  @BeforeEach
  void makeRepository() throws IOException {
    hg = RealHg.require();
    source = new SampleRepositories(hg).large(temporary.resolve("source"));
    content = Files.createDirectory(temporary.resolve("content"));
  }

  @Test
  void redirectedPullEqualsTheInlineOne() throws IOException {
    try (ContentHost host = ContentHost.http(content);
        RedirectingHgServe serve = serve(host.url())) {
      PullSummary inline = pull(serve.url(), RedirectPolicy.OFF);
      assertThat(serve.log()).isEqualTo(INLINE);
      assertThat(host.served()).isEmpty();

      PullSummary redirected = pull(serve.url(), LOOPBACK);

      assertThat(redirected).isEqualTo(inline);
      assertThat(redirected.changesets()).isEqualTo(301);
      assertThat(serve.log().subList(3, serve.log().size())).isEqualTo(REDIRECTED);
      assertThat(host.served())
          .hasSize(3)
          .allSatisfy(
              request -> {
                assertThat(request.authorization()).isNull();
                assertThat(request.cookie()).isNull();
              });
    }
  }

  @Test
  void nginxCanBeTheContentHost() throws IOException {
    Path scratch = Files.createDirectory(temporary.resolve("nginx"));
    try (Nginx nginx = Nginx.serving(content, scratch);
        RedirectingHgServe serve = serve(nginx.url())) {
      PullSummary inline = pull(serve.url(), RedirectPolicy.OFF);
      // hg serve and nginx run as the same user here, so nginx can read the files.
      assertThat(pull(serve.url(), LOOPBACK)).isEqualTo(inline);
      assertThat(serve.log()).endsWith(REDIRECTED.toArray(String[]::new));
      assertThat(nginx.log().stream().filter(line -> line.contains("\" 200 "))).hasSize(3);
    }
  }

  @Test
  void interruptedDownloadIsResumed() throws IOException {
    try (ContentHost host = ContentHost.http(content);
        RedirectingHgServe serve = serve(host.url())) {
      PullSummary inline = pull(serve.url(), RedirectPolicy.OFF);
      host.behave(Behaviour.CUT);

      assertThat(pull(serve.url(), LOOPBACK)).isEqualTo(inline);
      assertThat(serve.log()).endsWith(REDIRECTED.toArray(String[]::new));
      assertThat(host.served().stream().filter(request -> request.range() != null)).hasSize(3);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"UNAVAILABLE", "WRONG_BYTE", "TOO_LONG"})
  void pullIsInlineWhereTheContentHostFails(Behaviour behaviour) throws IOException {
    try (ContentHost host = ContentHost.http(content);
        RedirectingHgServe serve = serve(host.url())) {
      PullSummary inline = pull(serve.url(), RedirectPolicy.OFF);
      host.behave(behaviour);

      assertThat(pull(serve.url(), LOOPBACK)).isEqualTo(inline);
      assertThat(serve.log().subList(3, serve.log().size()))
          .containsExactly(
              "changesetdata redirected",
              "changesetdata inline",
              "manifestdata inline",
              "filesdata inline");
      assertThat(host.served()).isNotEmpty();
    }
  }

  @Test
  void privateAddressIsNotFollowedUnlessAllowed() throws IOException {
    try (ContentHost host = ContentHost.http(content);
        RedirectingHgServe serve = serve(host.url())) {
      PullSummary inline = pull(serve.url(), RedirectPolicy.OFF);

      assertThat(pull(serve.url(), RedirectPolicy.VERIFIED)).isEqualTo(inline);
      assertThat(host.served()).isEmpty();
    }
  }

  @ParameterizedTest(name = "the content host has the certificate that hg names: {0}")
  @ValueSource(booleans = {true, false})
  void onlyTheNamedCertificateIsAccepted(boolean named) throws Exception {
    HeldCertificate authority =
        new HeldCertificate.Builder().certificateAuthority(0).commonName("authority").build();
    HeldCertificate shown = certificate(authority);
    HeldCertificate origin = certificate(authority);
    HeldCertificate inLocation = named ? shown : certificate(authority);
    Path der = Files.write(temporary.resolve("named.der"), inLocation.certificate().getEncoded());
    Path pem =
        Files.writeString(
            temporary.resolve("origin.pem"), origin.privateKeyPkcs8Pem() + origin.certificatePem());
    HandshakeCertificates tls = new HandshakeCertificates.Builder().heldCertificate(shown).build();
    PeerOptionsBuilder options =
        PeerOptions.builder().tls(TlsOptions.trusting(authority.certificate()));
    try (ContentHost host = ContentHost.https(content, tls.sslContext());
        RedirectingHgServe serve =
            RedirectingHgServe.start(
                hg,
                source,
                new Content(content, host.url(), List.of(der)),
                "--certificate",
                pem.toString())) {
      assertThat(serve.url()).hasScheme("https");
      PullSummary inline = pull(serve.url(), options.redirects(RedirectPolicy.OFF).build());

      assertThat(pull(serve.url(), options.redirects(LOOPBACK).build())).isEqualTo(inline);

      if (named) {
        assertThat(serve.log()).endsWith(REDIRECTED.toArray(String[]::new));
        assertThat(host.served()).hasSize(3);
      } else {
        assertThat(serve.log()).contains("changesetdata redirected").endsWith(INLINE.get(2));
        assertThat(host.served()).isEmpty();
      }
    }
  }

  private static HeldCertificate certificate(HeldCertificate authority) {
    return new HeldCertificate.Builder()
        .signedBy(authority)
        .addSubjectAlternativeName("127.0.0.1")
        .build();
  }

  private RedirectingHgServe serve(URI url) {
    return RedirectingHgServe.start(hg, source, new Content(content, url, List.of()));
  }

  private PullSummary pull(URI url, RedirectPolicy policy) throws IOException {
    return pull(url, PeerOptions.builder().redirects(policy).build());
  }

  private PullSummary pull(URI url, PeerOptions options) throws IOException {
    try (Peer peer = Peer.connect(url, options);
        PullSink sink = TemporaryRepositorySink.open(temporary)) {
      return Pull.run(peer, sink);
    }
  }
}
