// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hgwire.conformance.vectors.Vectors;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.netty.HgWireServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class ConformanceCommandTest {
  private static HgWireServer server;
  private static String url;

  @TempDir Path temporary;

  @BeforeAll
  static void start() throws IOException {
    server =
        HgWireServer.builder(
                ServerOptions.builder(RepositoryResolver.atRoot(DemoRepository.create())).build())
            .start();
    url = "http://127.0.0.1:" + server.port() + "/";
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void listPrintsTheCases() throws IOException {
    assertThat(CommandLineRun.of("conformance", "list").out())
        .contains("v2-server: ", "frame/request-id-even", "v1/getbundle/plain");
    CommandLineRun json =
        CommandLineRun.of("conformance", "list", "--json", "--profile", "v1-server");
    for (String line : json.out().lines().toList()) {
      JsonNode next = new ObjectMapper().readTree(line);
      assertThat(next.get("profile").asText()).isEqualTo("v1-server");
      assertThat(next.get("id").asText()).startsWith("v1/");
    }
    assertThat(CommandLineRun.of("conformance", "list", "--markdown").out())
        .contains("| `frame/request-id-even` | MUST | ");
  }

  @Test
  void serverIsRunAndItsResultsAreWritten() throws IOException {
    Path json = temporary.resolve("result.json");
    Path junit = temporary.resolve("result.xml");
    Path html = temporary.resolve("result.html");

    CommandLineRun run =
        CommandLineRun.of(
            "conformance",
            "server",
            url,
            "--peer",
            "ours",
            "--json",
            json.toString(),
            "--junit",
            junit.toString());

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("does not serve the known repository")
        .containsPattern("v2-server: [0-9]+ pass, 0 fail")
        .containsPattern("v1-server: [0-9]+ pass, 0 fail");
    JsonNode results = new ObjectMapper().readTree(json.toFile());
    assertThat(results).hasSize(2);
    assertThat(results.get(0).get("peer").asText()).isEqualTo("ours");
    assertThat(Files.readString(junit)).contains("<testsuite name=\"v2-server of ours\"");
    assertThat(
            CommandLineRun.of("conformance", "report", json.toString(), "--html", html.toString())
                .exitCode())
        .isZero();
    assertThat(Files.readString(html)).contains("frame/", "ours");
  }

  @Test
  void unexpectedResultsFailTheRun() throws IOException {
    Path configuration = temporary.resolve("configuration.json");
    Files.writeString(configuration, "{\"expectedFailures\": {\"frame/*\": \"it never does\"}}");

    CommandLineRun run =
        CommandLineRun.of(
            "conformance",
            "server",
            url,
            "--filter",
            "frame/length*",
            "--config",
            configuration.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out())
        .contains("xpass MUST frame/length-65535: it passed, but was expected to fail");
  }

  @Test
  void profileThatIsNotOfferedIsSkippedWithItsReason() {
    CommandLineRun run = CommandLineRun.of("conformance", "server", url, "--profile", "redirects");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("redirects: 0 pass, 0 fail, ")
        .contains(" skip; the peer advertises no targets of redirects");
  }

  @Test
  void directoriesOfResultsAreLookedForBeforeTheRun() {
    Path html = temporary.resolve("missing").resolve("x.html");

    CommandLineRun run =
        CommandLineRun.of(
            "conformance", "server", "http://127.0.0.1:1/", "--html", html.toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("x.html: there is no directory ").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"case\": 1}", "no JSON"})
  void whatIsNoResultIsNamed(String content) throws IOException {
    Path file = Files.writeString(temporary.resolve("other.json"), content);

    CommandLineRun run =
        CommandLineRun.of(
            "conformance",
            "report",
            file.toString(),
            "--html",
            temporary.resolve("x.html").toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("other.json: not results of the suite: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "server http://127.0.0.1:1/",
        "server ftp://host/",
        "server --profile v3 URL",
        "server --filter nothing* URL",
        "client --filter nothing* -- true {url}",
        "client --filter client/frame/* -- no-such-client {url}",
        "server --config missing.json URL",
        "report missing.json --html x.html",
        "report missing.json",
        "list --profile v3"
      })
  void errorsAreOneLine(String line) {
    CommandLineRun run =
        CommandLineRun.of(("conformance " + line.replace("URL", url)).split(" ", -1));

    assertThat(run.exitCode()).isPositive();
    assertThat(run.err()).startsWith("hgwire: ").hasLineCount(1);
  }

  @Test
  void vectorsAreWrittenToADirectoryOnce() throws IOException {
    Path vectors = temporary.resolve("vectors");
    assertThat(CommandLineRun.of("conformance", "vectors", vectors.toString()).exitCode()).isZero();
    for (String file : Vectors.files()) {
      assertThat(vectors.resolve(file)).content().startsWith("{\"id\":\"");
    }
    CommandLineRun again = CommandLineRun.of("conformance", "vectors", vectors.toString());
    assertThat(again.exitCode()).isNotZero();
    assertThat(again.err()).contains("exists already");
  }

  @Test
  void repositoryIsPrintedInEachForm() throws IOException {
    Path bundle = temporary.resolve("known.hg");
    assertThat(CommandLineRun.of("conformance", "repository").out()).startsWith("#!/bin/sh");
    assertThat(CommandLineRun.of("conformance", "repository", "--names").out()).contains("\nr0 ");
    assertThat(CommandLineRun.of("conformance", "repository", "--description").out())
        .startsWith("# The known repository");
    CommandLineRun.of("conformance", "repository", "--bundle", bundle.toString());
    assertThat(Files.readAllBytes(bundle)).startsWith('H', 'G', '2', '0');
  }
}
