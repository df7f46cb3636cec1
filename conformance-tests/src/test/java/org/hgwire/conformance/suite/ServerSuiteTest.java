// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hgwire.conformance.cases.Profile;
import org.hgwire.conformance.content.ContentHost;
import org.hgwire.conformance.content.RedirectingServer;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgServe;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.mercurial.RedirectingHgServe;
import org.hgwire.conformance.mercurial.RedirectingHgServe.Content;
import org.hgwire.conformance.report.Result;
import org.hgwire.conformance.report.ResultCase;
import org.hgwire.conformance.report.Verdict;
import org.hgwire.server.netty.HgWireServer;
import org.hgwire.server.store.StoreRepository;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The suite against our server, and against those of Mercurial, whose faults are listed. */
final class ServerSuiteTest {
  @TempDir Path temporary;
  private Path known;

  @BeforeEach
  void makeTheKnownRepository() throws IOException {
    known = KnownServers.repository(temporary);
  }

  @Test
  void hgwireFailsNothing() throws Exception {
    try (StoreRepository repository = StoreRepository.open(known);
        HgWireServer server = KnownServers.hgwire(repository)) {
      ServerSuite suite =
          ServerSuite.connect(KnownServers.url(server), SuiteConfiguration.defaults());

      assertThat(suite.isKnownRepository()).isTrue();
      assertThat(suite.profiles()).contains(Profile.V2_SERVER, Profile.V1_SERVER);
      for (Profile profile : List.of(Profile.V2_SERVER, Profile.V1_SERVER)) {
        Result result = suite.run(profile, SuiteListener.NONE);
        assertThat(failures(result)).isEmpty();
        assertThat(result.count(Verdict.PASS)).isGreaterThan(result.cases().size() * 9L / 10);
      }
    }
  }

  @Test
  void hgwireFailsNothingWhereItRedirects() throws Exception {
    try (StoreRepository repository = StoreRepository.open(known);
        RedirectingServer server = KnownServers.redirecting(repository, temporary)) {
      ServerSuite suite = ServerSuite.connect(server.url(), SuiteConfiguration.defaults());
      assertThat(suite.profiles()).contains(Profile.REDIRECTS);

      Result result = suite.run(Profile.REDIRECTS, SuiteListener.NONE);

      assertThat(failures(result)).isEmpty();
      assertThat(result.count(Verdict.SKIP)).isZero();
    }
  }

  @Test
  void serversWithoutTargetsSkipRedirects() throws Exception {
    try (StoreRepository repository = StoreRepository.open(known);
        HgWireServer server = KnownServers.hgwire(repository)) {
      ServerSuite suite =
          ServerSuite.connect(KnownServers.url(server), SuiteConfiguration.defaults());
      assertThat(suite.profiles()).doesNotContain(Profile.REDIRECTS);

      assertThat(suite.run(Profile.REDIRECTS, SuiteListener.NONE).cases())
          .allMatch(next -> next.result() == Verdict.SKIP)
          .allMatch(next -> next.reason().equals("the peer advertises no targets of redirects"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "V5_6, v2-server",
    "V5_6, v1-server",
    "V6_3, v1-server",
    "V7_0, v1-server",
    "NEWEST, v1-server"
  })
  void faultsOfMercurialAreFound(HgVersion version, String profile) throws Exception {
    Hg hg = RealHg.require(version);
    try (HgServe server = KnownServers.mercurial(hg, known, profile.equals("v2-server"))) {
      ServerSuite suite = ServerSuite.connect(server.url(), KnownServers.faults(hg));

      Result result = suite.run(Profile.named(profile), SuiteListener.NONE);

      assertThat(failures(result)).isEmpty();
      assertThat(result.count(Verdict.EXPECTED_FAILURE)).isPositive();
    }
  }

  @Test
  void faultsOfMercurialThatRedirectsAreFound() throws Exception {
    Hg hg = RealHg.require(HgVersion.V5_6);
    Path content = Files.createDirectory(temporary.resolve("content"));
    try (ContentHost host = ContentHost.http(content);
        RedirectingHgServe server =
            KnownServers.redirecting(hg, known, new Content(content, host.url(), List.of()))) {
      ServerSuite suite = ServerSuite.connect(server.url(), KnownServers.faults(hg));

      Result result = suite.run(Profile.REDIRECTS, SuiteListener.NONE);

      assertThat(failures(result)).isEmpty();
      assertThat(result.count(Verdict.EXPECTED_FAILURE)).isPositive();
    }
  }

  @Test
  void otherRepositoriesAreTestedReduced() throws Exception {
    Path empty = temporary.resolve("empty");
    RealHg.require(HgVersion.V5_6).run(temporary, "init", empty.toString());
    try (StoreRepository repository = StoreRepository.open(empty);
        HgWireServer server = KnownServers.hgwire(repository)) {
      ServerSuite suite =
          ServerSuite.connect(KnownServers.url(server), SuiteConfiguration.defaults());

      assertThat(suite.isKnownRepository()).isFalse();
      for (Profile profile : suite.profiles()) {
        Result result = suite.run(profile, SuiteListener.NONE);
        assertThat(failures(result)).isEmpty();
        assertThat(result.cases())
            .filteredOn(next -> next.reason().contains("known repository"))
            .allMatch(next -> next.result() == Verdict.SKIP)
            .isNotEmpty();
      }
    }
  }

  @Test
  void configurationDecidesWhatIsRun() throws Exception {
    try (StoreRepository repository = StoreRepository.open(known);
        HgWireServer server = KnownServers.hgwire(repository)) {
      SuiteConfiguration configuration =
          new SuiteConfiguration.Builder()
              .filter("frame/*")
              .exclude("frame/empty*", "not today")
              .expectFailure("frame/length-65535", "it does not")
              .header("Authorization", "Basic secret")
              .peer("ours")
              .repeat(2)
              .build();
      List<ResultCase> seen = new ArrayList<>();

      Result result =
          ServerSuite.connect(KnownServers.url(server), configuration)
              .run(Profile.V2_SERVER, (next, done, all) -> seen.add(next));

      assertThat(result.peer()).isEqualTo("ours");
      assertThat(seen).isEqualTo(result.cases());
      assertThat(result.configuration().toString())
          .contains("authorization", "redacted")
          .doesNotContain("secret");
      assertThat(result.unexpected())
          .allMatch(next -> next.result() == Verdict.UNEXPECTED_PASS)
          .extracting(ResultCase::id)
          .containsExactly("frame/length-65535");
      assertThat(result.cases())
          .filteredOn(next -> !next.id().startsWith("frame/"))
          .allMatch(next -> next.result() == Verdict.EXCLUDED);
    }
  }

  @Test
  void whatIsNoServerIsRefused() {
    SuiteConfiguration configuration =
        new SuiteConfiguration.Builder().timeLimit(Duration.ofSeconds(2)).build();
    assertThatThrownBy(() -> ServerSuite.connect(URI.create("ftp://host/"), configuration))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ServerSuite.connect(URI.create("http://127.0.0.1:1/"), configuration))
        .isInstanceOf(IOException.class);
  }

  @Test
  void patternsThatMatchNoCaseAreRefused() {
    for (SuiteConfiguration.Builder builder :
        List.of(
            new SuiteConfiguration.Builder().exclude("http/chunkd*", "not passed on"),
            new SuiteConfiguration.Builder().expectFailure("http/chunkd*", "not passed on"),
            new SuiteConfiguration.Builder().filter("http/chunkd*"))) {
      assertThatThrownBy(() -> ServerSuite.connect(URI.create("http://host/"), builder.build()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no case has an id like \"http/chunkd*\", which is in ");
    }
  }

  @Test
  void requestThatIsNotAnsweredIsNamed() throws IOException {
    HttpServer slow =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    slow.createContext(
        "/",
        exchange -> {
          if ("cmd=capabilities".equals(exchange.getRequestURI().getQuery())) {
            exchange.getResponseHeaders().add("Content-Type", "application/mercurial-0.1");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("known lookup".getBytes(StandardCharsets.US_ASCII));
            exchange.close();
          }
        });
    slow.start();
    try {
      URI url = URI.create("http://127.0.0.1:" + slow.getAddress().getPort() + "/");
      SuiteConfiguration configuration =
          new SuiteConfiguration.Builder().timeLimit(Duration.ofSeconds(1)).build();

      assertThatThrownBy(() -> ServerSuite.connect(url, configuration))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(url + " does not answer GET /?cmd=heads: ");
    } finally {
      slow.stop(0);
    }
  }

  private static List<String> failures(Result result) {
    Set<Verdict> bad = EnumSet.of(Verdict.FAIL, Verdict.UNEXPECTED_PASS);
    return result.cases().stream()
        .filter(next -> bad.contains(next.result()))
        .map(next -> next.result().word() + " " + next.id() + ": " + next.reason())
        .toList();
  }
}
