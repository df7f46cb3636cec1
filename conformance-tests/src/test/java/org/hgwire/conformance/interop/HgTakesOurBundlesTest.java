// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.redirects.contentstore.FileContentStore;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.clonebundles.CloneBundlePublisher;
import org.hgwire.server.clonebundles.ManifestFile;
import org.hgwire.server.clonebundles.PublicationReport;
import org.hgwire.server.http.ContentEndpoint;
import org.hgwire.server.http.HttpService;
import org.hgwire.server.netty.HgWireServer;
import org.hgwire.server.store.RepositoryDirectories;
import org.hgwire.server.store.StoreRepository;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real hg takes the clone bundles that are made from disk, and pulls the rest. */
@Timeout(300)
final class HgTakesOurBundlesTest {
  @TempDir Path directory;

  private static void commit(Hg hg, Path repository, int changesets) throws IOException {
    for (int i = 0; i < changesets; i++) {
      Files.writeString(repository.resolve("file"), "line " + System.nanoTime() + "\n");
      hg.run(repository, "commit", "--addremove", "--quiet", "-m", "another");
    }
  }

  private static HgWireServer server(HttpService service) throws IOException {
    return HgWireServer.builder(service).grace(Duration.ofMillis(100)).start();
  }

  private HgWireServer serve(RepositoryResolver resolver) throws IOException {
    return HgWireServer.builder(
            ServerOptions.builder(resolver)
                .cloneBundles(ManifestFile.of(directory.resolve("manifest")))
                .build())
        .grace(Duration.ofMillis(100))
        .start();
  }

  private PublicationReport publish(Path repository, FileContentStore store) throws IOException {
    try (StoreRepository source = StoreRepository.open(repository)) {
      return CloneBundlePublisher.builder(store, directory.resolve("manifest"))
          .temporary(directory)
          .build()
          .publish(source);
    }
  }

  @ParameterizedTest
  @EnumSource
  void cloneTakesTheBundleAndPullsTheRest(HgVersion version) throws IOException {
    Hg hg = RealHg.require(version);
    Path repository = directory.resolve("web/team/tools");
    Files.createDirectories(repository);
    hg.run(repository, "init", ".");
    commit(hg, repository, 3);
    CompletableFuture<HttpService> content = new CompletableFuture<>();
    try (HgWireServer host = server(request -> content.join().open(request));
        FileContentStore store =
            FileContentStore.builder(
                    RedirectTarget.of("c", URI.create("http://127.0.0.1:" + host.port() + "/")),
                    directory.resolve("store"))
                .open();
        RepositoryDirectories repositories =
            RepositoryDirectories.builder().below(directory.resolve("web")).open();
        HgWireServer origin = serve(repositories)) {
      content.complete(ContentEndpoint.of(store));
      assertThat(publish(repository, store).covered()).isEqualTo(3);
      commit(hg, repository, 1);
      String tip = hg.run(repository, "log", "-r", "tip", "-T", "{node}");
      List<String> clone =
          List.of(
              "clone",
              "--noupdate",
              "http://127.0.0.1:" + origin.port() + "/team/tools",
              "clone",
              "--config",
              "ui.clonebundles=true");

      Hg.Result result = hg.tryRun(directory, "", clone);

      assertThat(result.status()).as(result.errors()).isZero();
      assertThat(result.output() + result.errors())
          .contains("applying clone bundle from", "added 3 changesets", "added 1 changesets");
      assertThat(hg.run(directory.resolve("clone"), "log", "-r", "tip", "-T", "{node} {phase}"))
          .isEqualTo(tip + " public");
      hg.run(directory.resolve("clone"), "verify", "--quiet");
    }
  }

  @ParameterizedTest
  @EnumSource(names = "V5_6", mode = EnumSource.Mode.EXCLUDE)
  void anotherDigestIsRefusedBySinceSeven(HgVersion version) throws IOException {
    Hg hg = RealHg.require(version);
    Path repository = Files.createDirectory(directory.resolve("repository"));
    hg.run(repository, "init", ".");
    commit(hg, repository, 1);
    CompletableFuture<HttpService> content = new CompletableFuture<>();
    try (HgWireServer host = server(request -> content.join().open(request));
        FileContentStore store =
            FileContentStore.builder(
                    RedirectTarget.of("c", URI.create("http://127.0.0.1:" + host.port() + "/")),
                    directory.resolve("store"))
                .open();
        RepositoryDirectories repositories =
            RepositoryDirectories.builder().repository("", repository).open()) {
      content.complete(ContentEndpoint.of(store));
      publish(repository, store);
      Path manifest = directory.resolve("manifest");
      Files.writeString(
          manifest,
          Files.readString(manifest).replaceFirst("sha512:[0-9a-f]{8}", "sha512:00000000"));
      try (HgWireServer origin = serve(repositories)) {
        Hg.Result result =
            hg.tryRun(
                directory,
                "",
                List.of("clone", "http://127.0.0.1:" + origin.port() + "/", "clone"));
        if (version == HgVersion.V6_3) {
          assertThat(result.status()).as("6.3 checks no DIGEST").isZero();
        } else {
          assertThat(result.status()).isNotZero();
          assertThat(result.errors()).contains("00000000").contains("expected");
        }
      }
    }
  }
}
