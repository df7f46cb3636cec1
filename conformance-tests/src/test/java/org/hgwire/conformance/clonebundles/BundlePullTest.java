// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.clonebundles;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.mirror.MirroredRepository;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.hgwire.client.ExchangeListener;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.bundle.BundleException;
import org.hgwire.client.pull.BundleApplier;
import org.hgwire.client.pull.CloneBundleFailure;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.pull.PullOptions;
import org.hgwire.client.pull.PullSummary;
import org.hgwire.client.store.TemporaryRepositorySink;
import org.hgwire.conformance.content.ContentHost;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.mercurial.SampleRepositories;
import org.hgwire.core.ByteString;
import org.hgwire.redirects.AddressPolicy;
import org.hgwire.redirects.HashAlgorithm;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.RedirectFault;
import org.hgwire.redirects.RedirectPolicy;
import org.hgwire.redirects.clonebundles.CloneBundleEntry;
import org.hgwire.redirects.clonebundles.CloneBundleManifest;
import org.hgwire.server.AccessControl;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.netty.HgWireServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pull from our server, whose manifest names bundles of a real hg on another web server. */
final class BundlePullTest {
  @TempDir Path temporary;
  private final List<CloneBundleEntry> manifest = new ArrayList<>();
  private final AtomicLong fromOrigin = new AtomicLong();
  private final AtomicLong fromHost = new AtomicLong();
  private AddressPolicy addresses = AddressPolicy.PUBLIC.allowing("127.0.0.0/8");
  private Path content;
  private Path source;
  private BundleFiles bundles;
  private ContentHost host;
  private HgWireServer server;

  @BeforeEach
  void serve() throws IOException {
    Hg hg = RealHg.require();
    source = new SampleRepositories(hg).large(temporary.resolve("source"));
    bundles = new BundleFiles(hg, temporary);
    content = Files.createDirectory(temporary.resolve("content"));
    host = ContentHost.http(content);
    MirroredRepository repository = new MirroredRepository();
    BundleApplier.apply(
        new ByteArrayInputStream(bundles.of(source, "all()", "none-v2")),
        repository,
        PullOptions.DEFAULT);
    repository.publish();
    server =
        HgWireServer.builder(
                ServerOptions.builder(RepositoryResolver.atRoot(repository))
                    .cloneBundles((caller, of) -> CloneBundleManifest.of(manifest))
                    .accessControl(AccessControl.open())
                    .build())
            .grace(Duration.ofSeconds(1))
            .start();
  }

  @AfterEach
  void close() {
    if (server != null) {
      server.close();
    }
    if (host != null) {
      host.close();
    }
  }

  /** Puts a bundle on the content host and into the manifest. */
  private void publish(String name, byte[] bundle) throws IOException {
    publish(name, bundle, bundle);
  }

  /** Puts a bundle on the content host, and another one into the manifest. */
  private void publish(String name, byte[] bundle, byte[] announced) throws IOException {
    Files.write(content.resolve(name), bundle);
    announce(name, announced);
  }

  private void announce(String name, byte[] announced) {
    byte[] hash = HashAlgorithm.SHA256.newDigest().digest(announced);
    manifest.add(
        CloneBundleEntry.of(
            host.url().resolve(name).toString(),
            Map.of("BUNDLESPEC", "zstd-v2", "DIGEST", "sha256:" + ByteString.copyOf(hash).hex())));
  }

  private byte[] bundle(String revisions) throws IOException {
    return bundles.of(source, revisions, "zstd-v2");
  }

  private PullSummary pull(BundleSinkRecord sink, PullOptions options) throws IOException {
    fromOrigin.set(0);
    fromHost.set(0);
    PeerOptions peerOptions =
        PeerOptions.builder()
            .redirects(RedirectPolicy.builder().addresses(addresses).build())
            .listener(
                new ExchangeListener() {
                  @Override
                  public void bytesReceived(long count) {
                    fromOrigin.addAndGet(count);
                  }

                  @Override
                  public void contentBytesReceived(long count) {
                    fromHost.addAndGet(count);
                  }
                })
            .build();
    URI url = URI.create("http://127.0.0.1:" + server.port() + "/");
    try (Peer peer = Peer.connect(url, peerOptions)) {
      return Pull.run(peer, sink, options);
    }
  }

  private BundleSinkRecord sink() throws IOException {
    return new BundleSinkRecord(TemporaryRepositorySink.open(temporary));
  }

  /** Pulls with bundles, and asserts that the result is that of a pull without them. */
  private PullSummary pullAsWithoutBundles() throws IOException {
    try (BundleSinkRecord plain = sink();
        BundleSinkRecord sink = sink()) {
      pull(plain, PullOptions.DEFAULT.withoutCloneBundles());
      PullSummary summary = pull(sink, PullOptions.DEFAULT);
      assertThat(sink.revisions).containsExactlyInAnyOrderElementsOf(plain.revisions);
      assertThat(sink.completed).isEqualTo(plain.completed);
      assertThat(sink.state()).isEqualTo(plain.state());
      assertThat(sink.heads()).containsExactlyInAnyOrderElementsOf(plain.heads());
      return summary;
    }
  }

  private static List<String> reasons(PullSummary summary) {
    return summary.cloneBundles().failures().stream().map(BundlePullTest::reason).toList();
  }

  private static String reason(CloneBundleFailure failure) {
    IOException reason = failure.reason();
    if (reason instanceof RedirectException redirect) {
      return redirect.fault().toString();
    }
    return reason instanceof BundleException bundle ? bundle.fault().toString() : reason.toString();
  }

  private static String applied(PullSummary summary) {
    String url = Objects.requireNonNull(summary.cloneBundles().applied()).url();
    return url.substring(url.lastIndexOf('/') + 1);
  }

  @Test
  void bundleComesFromItsHostAndTheRestFromTheServer() throws IOException {
    byte[] bundle = bundle("0:290");
    publish("partial", bundle);
    PullSummary summary = pullAsWithoutBundles();
    assertThat(summary.cloneBundles().changesets()).isEqualTo(291);
    assertThat(summary.changesets()).isEqualTo(301);
    assertThat(fromHost.get()).isEqualTo(bundle.length);
    assertThat(host.served()).hasSize(1);
    assertThat(host.served().get(0).authorization()).isNull();
  }

  @Test
  void serverSendsLittleWhereTheBundleHasAll() throws IOException {
    publish("all", bundle("all()"));
    try (BundleSinkRecord plain = sink()) {
      pull(plain, PullOptions.DEFAULT.withoutCloneBundles());
    }
    long without = fromOrigin.get();
    pullAsWithoutBundles();
    long with = fromOrigin.get();
    System.out.printf(
        "bytes from the origin server: %d without a bundle, %d with one: %.2f %%%n",
        without, with, 100.0 * with / without);
    assertThat(with).isLessThan(without / 20);
  }

  @Test
  void nextEntryIsTriedAfterAMissingOrDamagedBundle() throws IOException {
    byte[] bundle = bundle("0:290");
    byte[] damaged = bundle.clone();
    damaged[bundle.length / 2] ^= 1;
    announce("missing", bundle);
    publish("another", damaged, bundle);
    publish("damaged", damaged);
    publish("good", bundle);
    PullSummary summary = pullAsWithoutBundles();
    assertThat(reasons(summary)).startsWith("STATUS", "HASH").hasSize(3);
    assertThat(summary.cloneBundles().failures().get(2).reason())
        .isInstanceOf(BundleException.class);
    assertThat(applied(summary)).isEqualTo("good");
  }

  @Test
  void interruptedDownloadIsResumed() throws IOException {
    publish("partial", bundle("0:290"));
    host.behave(ContentHost.Behaviour.CUT);
    assertThat(applied(pullAsWithoutBundles())).isEqualTo("partial");
    assertThat(host.served()).hasSizeGreaterThan(1);
    assertThat(host.served().get(1).range()).startsWith("bytes=");
  }

  @Test
  void pullFallsBackToTheServerAndReportsWhy() throws IOException {
    byte[] bundle = bundle("0:290");
    publish("first", bundle);
    publish("second", bundle);
    host.behave(ContentHost.Behaviour.UNAVAILABLE);
    PullSummary summary = pullAsWithoutBundles();
    assertThat(summary.cloneBundles().applied()).isNull();
    assertThat(reasons(summary)).containsExactly("STATUS", "STATUS");
    host.behave(ContentHost.Behaviour.WRONG_BYTE);
    assertThat(reasons(pullAsWithoutBundles())).containsExactly("HASH", "HASH");
  }

  @Test
  void privateAddressIsNotFetchedUnlessAllowed() throws IOException {
    publish("partial", bundle("0:290"));
    addresses = AddressPolicy.PUBLIC;
    PullSummary summary = pullAsWithoutBundles();
    assertThat(reasons(summary)).containsExactly(RedirectFault.ADDRESS.toString());
    assertThat(host.served()).isEmpty();
  }

  @Test
  void bundleOfAnotherRepositoryIsNotApplied() throws IOException {
    Path other = new SampleRepositories(RealHg.require()).rich(temporary.resolve("other"));
    publish("other", bundles.of(other, "all()", "zstd-v2"));
    PullSummary summary = pullAsWithoutBundles();
    assertThat(reasons(summary)).containsExactly("NOT_SHOWN");
    assertThat(summary.cloneBundles().changesets()).isZero();
  }
}
