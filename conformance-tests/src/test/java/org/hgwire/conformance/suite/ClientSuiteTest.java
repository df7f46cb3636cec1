// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.ProtocolVersion;
import org.hgwire.conformance.cases.ClientCase;
import org.hgwire.conformance.cases.ClientCaseNotation;
import org.hgwire.conformance.cases.Profile;
import org.hgwire.conformance.report.Result;
import org.hgwire.conformance.report.ResultCase;
import org.hgwire.conformance.report.Verdict;
import org.hgwire.conformance.scripted.ScriptedServer;
import org.junit.jupiter.api.Test;

/** The suite against our client, against hg's, and against clients that are none. */
final class ClientSuiteTest {
  @Test
  void hgwireFailsNothing() throws Exception {
    Result result =
        ClientSuite.of(KnownClients.hgwire(), SuiteConfiguration.defaults())
            .run(Profile.V2_CLIENT, SuiteListener.NONE);

    assertThat(failures(result)).isEmpty();
    assertThat(result.count(Verdict.PASS)).isGreaterThan(result.cases().size() * 9L / 10);
  }

  /** With twice the time of the matrix: machines that test are busy. */
  @Test
  void faultsOfMercurialAreFound() throws Exception {
    SuiteConfiguration configuration =
        KnownClients.faultsOfMercurial().toBuilder().timeLimit(Duration.ofSeconds(20)).build();
    Result result =
        ClientSuite.of(KnownClients.mercurial(), configuration)
            .run(Profile.V2_CLIENT, SuiteListener.NONE);

    assertThat(failures(result)).isEmpty();
    assertThat(result.count(Verdict.EXPECTED_FAILURE)).isPositive();
  }

  @Test
  void casesThatAlterNothingAreSkipped() throws Exception {
    ResultCase result = runWith("heads drop 99");

    assertThat(result.result()).isEqualTo(Verdict.SKIP);
    assertThat(result.reason()).contains("nothing to alter", "drop 99", "no position 99");
  }

  /** A response that was not made must not pass for one that the client refused. */
  @Test
  void failuresOfTheSuiteFailTheCase() throws Exception {
    ResultCase result = runWith("heads pieces -1");

    assertThat(result.result()).isEqualTo(Verdict.FAIL);
    assertThat(result.reason()).startsWith("the suite could not respond").contains("-1");
  }

  @Test
  void clientsThatFollowNoRedirectsFailNothing() throws Exception {
    Result result = run("client/redirect/*", KnownClients.hgwireWithoutRedirects());

    assertThat(failures(result)).isEmpty();
    assertThat(result.cases())
        .filteredOn(next -> next.id().equals("client/redirect/wrong-hash"))
        .allMatch(next -> next.result() == Verdict.SKIP)
        .allMatch(next -> next.reason().contains("does not offer to be redirected"))
        .isNotEmpty();
  }

  @Test
  void clientsThatDoNothingFail() throws Exception {
    Result result = run("client/request/*", ClientUnderTest.ofJava((url, directory) -> {}));

    assertThat(result.cases())
        .filteredOn(next -> next.id().startsWith("client/request/"))
        .allMatch(next -> next.reason().contains("requested nothing"))
        .isNotEmpty();
  }

  @Test
  void clientsThatCrashFail() throws Exception {
    ClientUnderTest exhausted =
        ClientUnderTest.ofJava(
            (url, directory) -> {
              try (Peer peer = Peer.connect(url, version2())) {
                throw new OutOfMemoryError("no heap after " + peer.heads().size() + " heads");
              }
            });

    Result result = run("client/data/manifest-missing", exhausted);

    assertThat(result.unexpected())
        .extracting(ResultCase::reason)
        .containsExactly(
            "the client crashed, its exit status is 134: java.lang.OutOfMemoryError: no heap"
                + " after 2 heads");
  }

  @Test
  void commandsThatDoNotEndAreEnded() throws Exception {
    Path file = Files.createTempFile("pid", "");
    ClientUnderTest sleeping =
        ClientUnderTest.ofCommand(List.of("sh", "-c", "echo $$ >" + file + "; sleep 600 # {url}"));

    ClientEnd end = sleeping.run(URI.create("http://h/"), Path.of("."), Duration.ofSeconds(1));

    assertThat(end.exit()).isNull();
    long pid = Long.parseLong(Files.readString(file).strip());
    assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)).isFalse();
  }

  @Test
  void commandsSayHowTheyEnded() throws Exception {
    ClientUnderTest failing =
        ClientUnderTest.ofCommand(List.of("sh", "-c", "echo no {url}; echo {dir}; exit 3"));

    assertThat(failing.run(URI.create("http://h/"), Path.of("d"), Duration.ofSeconds(20)))
        .isEqualTo(new ClientEnd(3, "no http://h/ | d"));
    assertThatThrownBy(() -> ClientUnderTest.ofCommand(List.of("hg", "clone")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("{url}");
  }

  @Test
  void commandsThatWereNotRequestedAreSkipped() throws Exception {
    Result result =
        run(
            "client/data/*",
            ClientUnderTest.ofJava(
                (url, directory) -> {
                  Peer.connect(url, version2()).close();
                  throw new IOException("not more than the handshake");
                }));

    assertThat(result.cases())
        .filteredOn(next -> next.id().equals("client/data/manifest-missing"))
        .extracting(ResultCase::result, ResultCase::reason)
        .containsExactly(tuple(Verdict.SKIP, "the client did not request manifestdata"));
    assertThat(result.cases())
        .filteredOn(next -> next.id().equals("client/data/unknown-key"))
        .extracting(ResultCase::result)
        .containsExactly(Verdict.FAIL);
  }

  /** Runs our client in a case of its own, in which it has to fail. */
  private static ResultCase runWith(String alteration) throws IOException {
    ClientCase failing =
        ClientCaseNotation.parse(
                """
                case client/own
                title A case of this test
                level ROBUSTNESS
                cause The test has it so.
                < %s
                > fails
                """
                    .formatted(alteration),
                "test")
            .get(0);
    try (ScriptedServer server = new ScriptedServer()) {
      return new ClientCaseRun(KnownClients.hgwire(), Duration.ofSeconds(20), failing)
          .run(server, "own");
    }
  }

  private static PeerOptions version2() {
    return PeerOptions.builder().protocol(ProtocolVersion.VERSION_2).build();
  }

  private static Result run(String filter, ClientUnderTest client) throws Exception {
    SuiteConfiguration configuration = new SuiteConfiguration.Builder().filter(filter).build();
    return ClientSuite.of(client, configuration).run(Profile.V2_CLIENT, SuiteListener.NONE);
  }

  private static List<String> failures(Result result) {
    return result.unexpected().stream()
        .map(next -> next.result().word() + " " + next.id() + ": " + next.reason())
        .toList();
  }
}
