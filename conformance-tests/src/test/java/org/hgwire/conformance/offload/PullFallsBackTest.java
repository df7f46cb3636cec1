// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.offload;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.util.List;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.RedirectEvent;
import org.hgwire.client.TlsOptions;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.pull.PullSummary;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.store.TemporaryRepositorySink;
import org.hgwire.client.testing.RecordingListener;
import org.hgwire.conformance.content.ContentHost;
import org.hgwire.conformance.content.ContentHost.Behaviour;
import org.hgwire.conformance.content.RedirectingServer;
import org.hgwire.conformance.content.RedirectingServer.Settings;
import org.hgwire.core.ByteString;
import org.hgwire.redirects.AddressPolicy;
import org.hgwire.redirects.RedirectFault;
import org.hgwire.redirects.RedirectPolicy;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A broken content host costs time and nothing else: every pull is complete and verified, and the
 * events say what could not be used, and why.
 */
final class PullFallsBackTest {
  private static final int CHANGESETS = 40;
  private static final RedirectPolicy LOOPBACK =
      RedirectPolicy.builder().addresses(AddressPolicy.PUBLIC.allowing("127.0.0.1")).build();
  private static final HeldCertificate AUTHORITY =
      new HeldCertificate.Builder().certificateAuthority(0).commonName("authority").build();

  @TempDir Path temporary;
  private Path content;
  private MemoryRepository repository;

  @BeforeEach
  void makeRepository() throws IOException {
    content = Files.createDirectory(temporary.resolve("content"));
    repository = MemoryRepository.publishing();
    for (int i = 0; i < CHANGESETS; i++) {
      repository
          .commit()
          .user("somebody")
          .message("changeset " + i)
          .write("file" + i % 7, ("line of " + i + "\n").repeat(100 + i))
          .commit();
    }
  }

  @Test
  void workingContentHostIsUsed() throws IOException {
    try (ContentHost host = ContentHost.http(content);
        RedirectingServer server = serve(Settings.plain(temporary, host.url()))) {
      RecordingListener first = new RecordingListener();
      RecordingListener second = new RecordingListener();

      PullSummary expected = pull(server.url(), first);
      assertThat(pull(server.url(), second)).isEqualTo(expected);

      assertThat(first.completedRedirects()).isEmpty();
      assertThat(second.completedRedirects())
          .extracting(RedirectEvent.Completed::command)
          .containsExactly("changesetdata", "manifestdata", "filesdata");
      assertThat(second.failedRedirects()).isEmpty();
      assertThat(second.contentBytes())
          .isEqualTo(
              second.completedRedirects().stream().mapToLong(RedirectEvent.Completed::bytes).sum());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "UNAVAILABLE, STATUS",
    "STALLED, TIMEOUT",
    "WRONG_BYTE, HASH",
    "TOO_LONG, TOO_LONG",
  })
  void failingContentHostIsDropped(Behaviour behaviour, RedirectFault fault) throws IOException {
    try (ContentHost host = ContentHost.http(content);
        RedirectingServer server = serve(Settings.plain(temporary, host.url()))) {
      PullSummary expected = pull(server.url(), new RecordingListener());
      host.behave(behaviour);
      RecordingListener log = new RecordingListener();
      // Only a host that never responds may cost the timeout a few times over.
      Duration patience = Duration.ofSeconds(behaviour == Behaviour.STALLED ? 3 : 60);

      assertThat(pull(server.url(), log, patience)).isEqualTo(expected);

      assertThatOnlyTheFirstCommandWasTried(log, fault);
    }
  }

  @Test
  void contentHostThatIsDownIsDropped() throws IOException {
    ContentHost host = ContentHost.http(content);
    try (RedirectingServer server = serve(Settings.plain(temporary, host.url()))) {
      PullSummary expected = pull(server.url(), new RecordingListener());
      host.close();
      RecordingListener log = new RecordingListener();

      assertThat(pull(server.url(), log)).isEqualTo(expected);

      assertThatOnlyTheFirstCommandWasTried(log, RedirectFault.UNREACHABLE);
    }
  }

  @Test
  void deletedContentIsStoredAgain() throws IOException {
    try (ContentHost host = ContentHost.http(temporary.resolve("nothing"));
        RedirectingServer server = serve(Settings.plain(temporary, host.url()))) {
      PullSummary expected = pull(server.url(), new RecordingListener());
      RecordingListener log = new RecordingListener();

      assertThat(pull(server.url(), log)).isEqualTo(expected);

      assertThatOnlyTheFirstCommandWasTried(log, RedirectFault.STATUS);
    }
  }

  @Test
  void verifiedContentIsKeptAndNotDeliveredTwice() throws IOException {
    Settings settings = Settings.plain(temporary, null).withSegmentSize(512);
    try (ContentHost host = ContentHost.http(content);
        RedirectingServer server =
            serve(new Settings(temporary, host.url(), null, List.of(), settings.segmentSize()))) {
      PullSummary expected = pull(server.url(), new RecordingListener());
      host.behave(Behaviour.WRONG_BYTE);
      RecordingListener log = new RecordingListener();

      assertThat(pull(server.url(), log)).isEqualTo(expected);

      assertThatOnlyTheFirstCommandWasTried(log, RedirectFault.HASH);
    }
  }

  @Test
  void interruptedDownloadIsResumed() throws IOException {
    try (ContentHost host = ContentHost.http(content);
        RedirectingServer server =
            serve(Settings.plain(temporary, host.url()).withSegmentSize(512))) {
      PullSummary expected = pull(server.url(), new RecordingListener());
      host.behave(Behaviour.CUT);
      RecordingListener log = new RecordingListener();

      assertThat(pull(server.url(), log)).isEqualTo(expected);

      assertThat(log.completedRedirects()).hasSize(3);
      assertThat(log.failedRedirects()).isEmpty();
      assertThat(host.served().stream().filter(request -> request.range() != null)).hasSize(3);
    }
  }

  @Test
  void pinnedCertificateIsAccepted() throws IOException {
    HeldCertificate pinned = certificate();
    try (ContentHost host = ContentHost.https(content, tls(pinned).sslContext());
        RedirectingServer server = serve(pinning(host.url(), pinned))) {
      PullSummary expected = pull(server.url(), new RecordingListener());
      RecordingListener log = new RecordingListener();

      assertThat(pull(server.url(), log)).isEqualTo(expected);

      assertThat(log.completedRedirects()).hasSize(3);
      assertThat(log.failedRedirects()).isEmpty();
    }
  }

  @Test
  void unpinnedCertificateIsRefused() throws IOException {
    try (ContentHost host = ContentHost.https(content, tls(certificate()).sslContext());
        RedirectingServer server = serve(pinning(host.url(), certificate()))) {
      PullSummary expected = pull(server.url(), new RecordingListener());
      RecordingListener log = new RecordingListener();

      assertThat(pull(server.url(), log)).isEqualTo(expected);

      assertThatOnlyTheFirstCommandWasTried(log, RedirectFault.PIN);
      assertThat(host.served()).isEmpty();
    }
  }

  private void assertThatOnlyTheFirstCommandWasTried(RecordingListener log, RedirectFault fault) {
    assertThat(log.completedRedirects()).isEmpty();
    assertThat(log.failedRedirects())
        .singleElement()
        .satisfies(
            failed -> {
              assertThat(failed.command()).isEqualTo("changesetdata");
              assertThat(failed.fault()).isEqualTo(fault);
              assertThat(failed.retried()).isTrue();
              assertThat(failed.message()).isNotBlank().doesNotContain("\n");
            });
  }

  private RedirectingServer serve(Settings settings) throws IOException {
    return RedirectingServer.start(repository, settings);
  }

  /** Returns settings of a server over https whose locations name a certificate. */
  private Settings pinning(URI host, HeldCertificate pinned) throws IOException {
    HeldCertificate own = certificate();
    try {
      return new Settings(
          temporary,
          host,
          SslContextBuilder.forServer(own.keyPair().getPrivate(), own.certificate()).build(),
          List.of(ByteString.copyOf(pinned.certificate().getEncoded())),
          1 << 20);
    } catch (CertificateEncodingException e) {
      throw new IOException(e);
    }
  }

  private static HeldCertificate certificate() {
    return new HeldCertificate.Builder()
        .signedBy(AUTHORITY)
        .addSubjectAlternativeName("127.0.0.1")
        .build();
  }

  private static HandshakeCertificates tls(HeldCertificate certificate) {
    return new HandshakeCertificates.Builder().heldCertificate(certificate).build();
  }

  private PullSummary pull(URI url, RecordingListener log) throws IOException {
    return pull(url, log, Duration.ofSeconds(60));
  }

  private PullSummary pull(URI url, RecordingListener log, Duration patience) throws IOException {
    PeerOptions options =
        PeerOptions.builder()
            .tls(TlsOptions.trusting(AUTHORITY.certificate()))
            .redirects(LOOPBACK)
            .listener(log)
            .idleTimeout(patience)
            .build();
    try (Peer peer = Peer.connect(url, options);
        PullSink sink = TemporaryRepositorySink.open(temporary)) {
      PullSummary summary = Pull.run(peer, sink);
      assertThat(summary.changesets()).isEqualTo(CHANGESETS);
      return summary;
    }
  }
}
