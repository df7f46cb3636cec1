// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.netty.HgWireServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PullIntoRepositoryTest {
  @TempDir private Path directory;
  private HgWireServer server;
  private Path into;

  @BeforeEach
  void serve() throws IOException {
    server =
        HgWireServer.builder(
                ServerOptions.builder(RepositoryResolver.atRoot(DemoRepository.create())).build())
            .start();
    into = directory.resolve("into");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private CommandLineRun pull(String userInfo) {
    return CommandLineRun.of(
        "pull",
        "--into",
        into.toString(),
        "http://" + userInfo + "127.0.0.1:" + server.port() + "/");
  }

  @Test
  void repositoryCanBeReadVerifiedAndContinued() {
    CommandLineRun first = pull("");
    assertThat(first.err()).isEmpty();

    CommandLineRun verified = CommandLineRun.of("verify", "-R", into.toString());
    assertThat(verified.err()).isEmpty();
    assertThat(first.out()).doesNotContain("changesets: 0");
    assertThat(verified.out()).startsWith("checked ").doesNotContain("checked 0");
    assertThat(CommandLineRun.of("log", "-R", into.toString(), "-l", "1").out())
        .startsWith("changeset:");
    assertThat(pull("").out()).contains("changesets: 0\n");
  }

  @Test
  void defaultPathHasNoPassword() throws IOException {
    assertThat(pull("ada:s3cr3t@").exitCode()).isZero();
    assertThat(Files.readString(into.resolve(".hg/hgrc")))
        .contains("default = http://ada@127.0.0.1:" + server.port() + "/")
        .doesNotContain("s3cr3t");
  }

  @Test
  void someRevisionsArePulled() {
    String url = "http://127.0.0.1:" + server.port() + "/";
    CommandLineRun one = CommandLineRun.of("pull", "--into", into.toString(), "-r", "0", url);
    assertThat(one.out()).contains("changesets: 1\n");
    CommandLineRun unknown = CommandLineRun.of("pull", "--into", into.toString(), "-B", "no", url);
    assertThat(unknown.exitCode()).isEqualTo(1);
    assertThat(unknown.err()).contains("The server has no bookmark no.").hasLineCount(1);
  }

  @Test
  void directoryWithAnOldJournalIsRefused() throws IOException {
    Files.createDirectory(into);
    Files.writeString(into.resolve("journal"), "hgwire journal 2\n");
    CommandLineRun run = pull("");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("journal of an older version").hasLineCount(1);
    assertThat(into.resolve(".hg")).doesNotExist();
  }

  @Test
  void damageIsNamed() throws IOException {
    assertThat(pull("").exitCode()).isZero();
    Path manifests = into.resolve(".hg/store/00manifest.i");
    byte[] bytes = Files.readAllBytes(manifests);
    bytes[40] ^= 1; // in the node of the first manifest
    Files.write(manifests, bytes);
    CommandLineRun run = CommandLineRun.of("verify", "-R", into.toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("damaged: ", "of the manifests", "hgwire: the repository");
  }
}
