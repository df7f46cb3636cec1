// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.netty.HgWireServer;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where temporary files go, on a machine where the platform's directory cannot be used. */
final class TemporaryOptionsTest {
  private static final String PLATFORM = "java.io.tmpdir";

  @TempDir Path directory;
  private String before = "";
  private HgWireServer server;
  private String url = "";

  @BeforeEach
  void serve() throws IOException {
    MemoryRepository repository = MemoryRepository.publishing();
    repository.commit().write("long", "0123456789abcdef".repeat(300_000)).commit();
    server =
        HgWireServer.builder(ServerOptions.builder(RepositoryResolver.atRoot(repository)).build())
            .grace(Duration.ofMillis(100))
            .start();
    url = "http://127.0.0.1:" + server.port() + "/";
    before = System.setProperty(PLATFORM, directory.resolve("nothing").toString());
  }

  @AfterEach
  void stop() throws IOException {
    System.setProperty(PLATFORM, before);
    server.close();
  }

  @Test
  void directoryOfThePlatformIsTheDefault() {
    CommandLineRun run = CommandLineRun.of("pull", url);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("nothing", "name another directory").doesNotContain("\n\tat");
  }

  @Test
  void directoryOfChoiceIsUsed() {
    CommandLineRun run = CommandLineRun.of("pull", "--temp", directory.toString(), url);

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("file revisions: 1");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void directoryOfTheRepositoryIsTheDefaultIfThereIsOne() {
    Path into = directory.resolve("into");
    CommandLineRun run = CommandLineRun.of("pull", "--into", into.toString(), url);

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("file revisions: 1");
    assertThat(into).isDirectoryNotContaining("glob:**hgwire*");
  }

  @Test
  void directoryThatDoesNotExistIsNamed() {
    Path missing = directory.resolve("missing");
    CommandLineRun run = CommandLineRun.of("pull", "--temp", missing.toString(), url);

    assertThat(run.exitCode()).isNotZero();
    assertThat(run.err()).contains("--temp", missing.toString());
    assertThat(Files.exists(missing)).isFalse();
  }
}
