// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.version1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgServe;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.mercurial.SampleRepositories;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.netty.HgWireServer;
import org.hgwire.server.store.StoreRepository;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each version of hg, over version 1, as a client of our server, which serves what each version
 * made, and of its own server: it gets the same, and says the same.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EveryHgPullsTest {
  private static final List<String> NAMES = List.of("rich", "grown", "published", "empty");

  private Path temporary;
  private final Map<HgVersion, List<StoreRepository>> repositories = new EnumMap<>(HgVersion.class);
  private final Map<HgVersion, HgWireServer> servers = new EnumMap<>(HgVersion.class);
  private final Map<HgVersion, List<String>> expected = new EnumMap<>(HgVersion.class);

  @BeforeAll
  void useOneDirectory(@TempDir Path directory) {
    temporary = directory;
  }

  static Stream<Arguments> clientsAndMakers() {
    return Arrays.stream(HgVersion.values())
        .flatMap(
            client -> Arrays.stream(HgVersion.values()).map(maker -> Arguments.of(client, maker)));
  }

  @ParameterizedTest(name = "{0} pulls what {1} made")
  @MethodSource("clientsAndMakers")
  void everythingIsAsFromHgsOwnServer(HgVersion client, HgVersion maker) throws IOException {
    Hg hg = RealHg.require(client);
    if (!expected.containsKey(client)) {
      expected.put(client, fromHgsOwnServer(hg, client));
    }

    List<String> said =
        PullSession.run(hg, ours(maker), Files.createDirectory(at("pulled-" + client + maker)));

    List<String> theirs = Objects.requireNonNull(expected.get(client));
    for (int i = 0; i < theirs.size(); i++) {
      assertThat(said.get(i)).isEqualTo(theirs.get(i));
    }
  }

  /** Returns what a client says of the server of its own version. */
  private List<String> fromHgsOwnServer(Hg hg, HgVersion version) throws IOException {
    Path configuration = at("web-" + version + ".conf");
    Path made = made(version);
    StringBuilder paths = new StringBuilder("[paths]\n");
    NAMES.forEach(name -> paths.append(name + " = " + made.resolve(name) + "\n"));
    Files.writeString(configuration, paths);
    try (HgServe serve =
        HgServe.start(hg, made.resolve("empty"), List.of("--web-conf", configuration.toString()))) {
      return PullSession.run(hg, serve.url(), Files.createDirectory(at("expected-" + version)));
    }
  }

  /** Returns the URL of our server of what {@code maker} made. */
  private URI ours(HgVersion maker) throws IOException {
    if (!servers.containsKey(maker)) {
      Path made = made(maker);
      Map<String, StoreRepository> byPath = new HashMap<>();
      for (String name : NAMES) {
        byPath.put(name, StoreRepository.open(made.resolve(name)));
      }
      repositories.put(maker, List.copyOf(byPath.values()));
      ServerOptions options = ServerOptions.builder(RepositoryResolver.byPath(byPath)).build();
      servers.put(maker, HgWireServer.builder(options).start());
    }
    HgWireServer server = Objects.requireNonNull(servers.get(maker));
    return URI.create("http://127.0.0.1:" + server.port() + "/");
  }

  /** Returns a directory of repositories that {@code maker} made. */
  private Path made(HgVersion maker) throws IOException {
    Path directory = at("made-" + maker);
    if (!Files.exists(directory)) {
      SampleRepositories samples = new SampleRepositories(RealHg.require(maker));
      Files.createDirectory(directory);
      samples.rich(directory.resolve("rich"));
      samples.grown(directory.resolve("grown"));
      samples.rich(directory.resolve("published"));
      Files.delete(directory.resolve("published/.hg/hgrc"));
      samples.empty(directory.resolve("empty"));
    }
    return directory;
  }

  private Path at(String name) {
    return temporary.resolve(name);
  }

  @AfterAll
  void closeServers() throws IOException {
    servers.values().forEach(HgWireServer::close);
    for (List<StoreRepository> each : repositories.values()) {
      for (StoreRepository repository : each) {
        repository.close();
      }
    }
  }
}
