// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.mirror.MirroredRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.conformance.content.ContentHost;
import org.hgwire.conformance.mercurial.DebugWireProtocol;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgServe;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.mercurial.RecordingProxy;
import org.hgwire.conformance.mercurial.SampleRepositories;
import org.hgwire.core.ByteString;
import org.hgwire.redirects.clonebundles.CloneBundleManifest;
import org.hgwire.server.command.CloneBundleSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Real clients of version 1 request clone bundles from our server, filter them, and download one
 * from the URL in the manifest. What it lacks they pull.
 */
final class HgAsksForCloneBundlesTest {
  /** The clients. */
  enum Client {
    /** Mercurial 5.6.1 with version 2 off. */
    HG_5_6_1 {
      @Override
      Hg find() {
        return RealHg.require();
      }
    },
    /** The Mercurial of this machine, of another version. */
    OWN {
      @Override
      Hg find() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
            .map(directory -> Path.of(directory, "hg"))
            .filter(Files::isExecutable)
            .findFirst()
            .map(Hg::new)
            .orElseGet(() -> Assumptions.abort("this machine has no Mercurial installed"));
      }
    };

    abstract Hg find();
  }

  @TempDir static Path shared;
  private static Hg hg;
  private static Path source;
  private static Path bundles;
  private static MirroredRepository mirror;

  @TempDir Path temporary;
  private ContentHost host;

  @BeforeAll
  static void makeBundles() throws IOException {
    hg = RealHg.require();
    source = new SampleRepositories(hg).large(shared.resolve("source"));
    hg.run(source, "bookmark", "-r", "200", "here");
    bundles = Files.createDirectory(shared.resolve("bundles"));
    bundle("all.hg", "zstd-v2", "--all");
    bundle("all-bzip2.hg", "bzip2-v1", "--all");
    bundle("older.hg", "gzip-v2", "--base", "null", "-r", "150");
    try (HgServe serve = HgServe.v2(hg, source);
        Peer peer = Peer.connect(serve.url(), PeerOptions.defaults())) {
      mirror = MirroredRepository.of(peer);
    }
  }

  @BeforeEach
  void openHost() throws IOException {
    host = ContentHost.http(bundles);
  }

  @AfterEach
  void closeHost() {
    host.close();
  }

  private static void bundle(String name, String type, String... revisions) {
    List<String> line = new ArrayList<>(List.of("bundle", "-q", "--type", type));
    line.addAll(List.of(revisions));
    line.add(bundles.resolve(name).toString());
    hg.run(source, line.toArray(String[]::new));
  }

  private OurServer serve(String... lines) throws IOException {
    String text = String.join("\n", lines).replace("@", host.url().toString());
    CloneBundleManifest manifest = CloneBundleManifest.parse(ByteString.utf8(text));
    assertThat(manifest.findings()).isEmpty();
    return OurServer.of(mirror, options -> options.cloneBundles(CloneBundleSource.fixed(manifest)));
  }

  private List<String> downloaded() {
    return host.served().stream().map(ContentHost.Served::path).toList();
  }

  private static List<String> requests(RecordingProxy proxy) {
    return proxy.exchanges().stream().map(exchange -> exchange.target()).toList();
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void firstUsableBundleMakesACompleteClone(Client client) throws IOException {
    Hg own = client.find();
    try (OurServer server =
            serve(
                "@unknown.hg BUNDLESPEC=lz4-v2",
                "@future.hg BUNDLESPEC=gzip-v9",
                "@all.hg BUNDLESPEC=zstd-v2 REQUIRESNI=true REQUIREDRAM=12MB dc=a%20b",
                "@all-bzip2.hg BUNDLESPEC=bzip2-v1");
        RecordingProxy proxy = RecordingProxy.before(server.url())) {
      Path clone = temporary.resolve("clone");
      own.run(temporary, "clone", proxy.url().toString(), clone.toString());

      assertThat(requests(proxy).get(0)).endsWith("?cmd=capabilities");
      assertThat(requests(proxy).get(1)).contains("?cmd=clonebundles");
      assertThat(downloaded()).containsExactly("/all.hg");
      assertThat(own.run(clone, "verify")).contains("checked 301 changesets");
      // Drafts stay drafts, and bookmarks are transferred.
      assertThat(RepositoryState.of(own, clone)).isEqualTo(RepositoryState.of(own, source));
      assertThat(own.run(clone, "pull")).contains("no changes found");
    }
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void preferredBundleIsDownloaded(Client client) throws IOException {
    Hg own = client.find();
    try (OurServer server =
        serve("@all.hg BUNDLESPEC=zstd-v2", "@all-bzip2.hg BUNDLESPEC=bzip2-v1")) {
      Path clone = temporary.resolve("clone");
      own.run(
          temporary,
          "--config",
          "ui.clonebundleprefers=COMPRESSION=bzip2",
          "clone",
          "-U",
          server.url().toString(),
          clone.toString());

      assertThat(downloaded()).containsExactly("/all-bzip2.hg");
      assertThat(RepositoryState.of(own, clone)).isEqualTo(RepositoryState.of(own, source));
    }
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void olderBundleIsDownloadedAndTheRestPulled(Client client) throws IOException {
    Hg own = client.find();
    try (OurServer server = serve("@older.hg BUNDLESPEC=gzip-v2")) {
      String url = server.url().toString();
      own.run(temporary, "clone", "-U", url, "clone");

      assertThat(downloaded()).containsExactly("/older.hg");
      Path clone = temporary.resolve("clone");
      assertThat(own.run(clone, "verify")).contains("checked 301 changesets");
      assertThat(RepositoryState.of(own, clone)).isEqualTo(RepositoryState.of(own, source));
    }
  }

  @ParameterizedTest
  @EnumSource(Client.class)
  void withoutAUsableBundleEverythingIsPulled(Client client) throws IOException {
    Hg own = client.find();
    try (OurServer server = serve("peer-bundle-cache://all.hg BUNDLESPEC=zstd-v2");
        RecordingProxy proxy = RecordingProxy.before(server.url())) {
      own.run(temporary, "clone", "-U", proxy.url().toString(), "clone");

      assertThat(requests(proxy)).noneMatch(target -> target.contains("clonebundles"));
      assertThat(downloaded()).isEmpty();
      assertThat(RepositoryState.of(own, temporary.resolve("clone")))
          .isEqualTo(RepositoryState.of(own, source));
    }
  }

  @ParameterizedTest
  @EnumSource(value = Client.class, names = "HG_5_6_1")
  void version2ClientClonesWithoutBundles(Client client) throws IOException {
    Hg own = client.find();
    try (OurServer server = serve("@all.hg BUNDLESPEC=zstd-v2")) {
      List<String> line = new ArrayList<>(DebugWireProtocol.v2("zstd-8mb", "zlib", "identity"));
      line.addAll(List.of("clone", "-U", server.url().toString(), "clone"));
      own.tryRun(temporary, "", line).orThrow();

      assertThat(downloaded()).isEmpty();
      assertThat(RepositoryState.of(hg, temporary.resolve("clone")))
          .isEqualTo(RepositoryState.of(hg, source));
    }
  }
}
