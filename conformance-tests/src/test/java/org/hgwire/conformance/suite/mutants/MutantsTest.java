// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.hgwire.conformance.cases.Profile;
import org.hgwire.conformance.content.RedirectingServer;
import org.hgwire.conformance.content.RedirectingServer.Settings;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.report.ResultCase;
import org.hgwire.conformance.report.Verdict;
import org.hgwire.conformance.suite.KnownRepository;
import org.hgwire.core.ByteString;
import org.hgwire.redirects.clonebundles.CloneBundleManifest;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.command.CloneBundleSource;
import org.hgwire.server.http.HttpEndpoint;
import org.hgwire.server.http.Timeouts;
import org.hgwire.server.netty.HgWireServer;
import org.hgwire.server.store.StoreRepository;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every case of the suite fails at least one mutant, and no case fails our server. */
final class MutantsTest {
  /** Requests that never end are given up soon. */
  private static final Timeouts TIMEOUTS =
      Timeouts.defaults().withFirstFrame(Duration.ofSeconds(1)).withIdle(Duration.ofSeconds(1));

  private static final CloneBundleManifest MANIFEST =
      CloneBundleManifest.parse(
          ByteString.utf8(
              """
              https://bundles.example.com/full.zstd.hg BUNDLESPEC=zstd-v2 REQUIRESNI=true
              peer-bundle-cache://full.gzip.hg BUNDLESPEC=gzip-v2
              """));

  @TempDir static Path temporary;
  private static StoreRepository known;
  private static StoreRepository unfiltered;
  private static final MutantTable TABLE = new MutantTable();
  private FaultyServer faulty;
  private HgWireServer server;

  @BeforeAll
  static void makeTheKnownRepository() throws IOException {
    Hg hg = RealHg.require(HgVersion.V5_6);
    Path script =
        Files.writeString(temporary.resolve("known-repository"), KnownRepository.script());
    Path directory = temporary.resolve("known");
    run("env", "HG=" + hg.executable(), "sh", script.toString(), directory.toString());
    known = StoreRepository.open(directory);
    Path withAll = temporary.resolve("unfiltered");
    run("cp", "-r", directory.toString(), withAll.toString());
    Files.delete(withAll.resolve(".hg/store/obsstore"));
    hg.run(withAll, "phase", "--draft", "--force", "secret()");
    unfiltered = StoreRepository.open(withAll);
  }

  private static void run(String... command) {
    Hg.run(new ProcessBuilder(command), "").orThrow();
  }

  @AfterAll
  static void closeTheRepositories() throws IOException {
    TABLE.write();
    known.close();
    unfiltered.close();
  }

  @BeforeEach
  void startTheServer() throws IOException {
    faulty = new FaultyServer(new SoundServer(endpoint(known)));
    server = HgWireServer.builder(faulty).grace(Duration.ofSeconds(1)).timeouts(TIMEOUTS).start();
  }

  private HttpEndpoint endpoint(StoreRepository repository) {
    return new HttpEndpoint(
        ServerOptions.builder(RepositoryResolver.atRoot(repository))
            .cloneBundles(CloneBundleSource.fixed(MANIFEST).withInlineBundles(temporary))
            .build());
  }

  @AfterEach
  void stopTheServer() {
    server.close();
  }

  @Test
  void everyCaseOfVersion2FailsAMutant() throws Exception {
    assertThatEveryCaseIsKilled(
        Profile.V2_SERVER,
        List.of(
            FrameMutants.all(),
            RequestMutants.all(),
            CborMutants.all(),
            EncodingMutants.all(),
            ReactorMutants.all(),
            HttpMutants.all(),
            CommandMutants.all(),
            DataMutants.all(),
            VisibilityMutants.version2(new SoundServer(endpoint(unfiltered))),
            RobustnessMutants.all()));
  }

  @Test
  void everyCaseOfVersion1FailsAMutant() throws Exception {
    assertThatEveryCaseIsKilled(
        Profile.V1_SERVER,
        List.of(
            Version1HttpMutants.all(),
            Version1ArgumentMutants.all(),
            Version1CommandMutants.all(),
            BundleMutants.all(),
            VisibilityMutants.version1(new SoundServer(endpoint(unfiltered)))));
  }

  @Test
  void everyCaseOfCloneBundlesFailsAMutant() throws Exception {
    assertThatEveryCaseIsKilled(Profile.CLONEBUNDLES, List.of(BundleMutants.manifests()));
  }

  @Test
  void everyCaseOfRedirectsFailsAMutant() throws Exception {
    CompletableFuture<Fault.Server> sound = new CompletableFuture<>();
    FaultyServer both = new FaultyServer(call -> sound.join().respond(call));
    Path files = Files.createDirectory(temporary.resolve("redirects"));
    try (HgWireServer front =
        HgWireServer.builder(both).grace(Duration.ofSeconds(1)).timeouts(TIMEOUTS).start()) {
      URI url = url(front);
      try (RedirectingServer redirecting =
          RedirectingServer.start(known, Settings.plain(files, url.resolve("content/")))) {
        sound.complete(new SoundServer(redirecting.service()));
        assertThatEveryCaseIsKilled(
            new MutatedServer(Profile.REDIRECTS, url, both),
            Profile.REDIRECTS,
            List.of(RedirectMutants.all()));
      }
    }
  }

  private static URI url(HgWireServer server) {
    return URI.create("http://127.0.0.1:" + server.port() + "/");
  }

  private void assertThatEveryCaseIsKilled(Profile profile, List<List<Mutant>> layers)
      throws Exception {
    assertThatEveryCaseIsKilled(new MutatedServer(profile, url(server), faulty), profile, layers);
  }

  private static void assertThatEveryCaseIsKilled(
      MutatedServer mutated, Profile profile, List<List<Mutant>> layers) throws Exception {
    List<ResultCase> sound = mutated.withoutFault();
    assertThat(sound).filteredOn(next -> next.result() == Verdict.FAIL).isEmpty();

    KilledCases killed = mutated.run(layers.stream().flatMap(List::stream).toList());

    TABLE.add(profile, killed);
    killed.assertComplete(sound);
  }
}
