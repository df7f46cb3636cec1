// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.netty.HgWireServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that cannot be used are named, with the reason. */
@Timeout(60)
final class FileFaultsTest {
  @TempDir private static Path directory;
  private static HgWireServer server;

  @BeforeAll
  static void start() throws IOException {
    Files.createFile(directory.resolve("file"));
    Files.createDirectory(directory.resolve("dir"));
    server =
        HgWireServer.builder(
                ServerOptions.builder(RepositoryResolver.atRoot(DemoRepository.create())).build())
            .start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "pull URL --into IN/file, 'IN/file is a file, where a directory is needed'",
    "pull URL --into IN/file/below, 'IN/file/below: Not a directory'",
    "pull URL --user me --password-file IN/dir, IN/dir: Is a directory",
    "pull URL --user me --password-file IN/no, no such file: IN/no",
    "call URL --cacert IN/no heads, no such file: IN/no",
    "cbor IN/dir, IN/dir: Is a directory",
    "cbor IN/no, no such file: IN/no",
    "frames IN/dir, IN/dir: Is a directory",
    "frames --encode IN/dir, IN/dir: Is a directory",
    "manifest lint IN/dir, IN/dir: Is a directory",
    "manifest select IN/dir, IN/dir: Is a directory",
    "serve --demo --clonebundles IN/dir, IN/dir is not a regular file",
    "serve --demo --redirect-config IN/dir, IN/dir: Is a directory",
  })
  void theMessageNamesFileAndReason(String command, String message) {
    CommandLineRun run =
        CommandLineRun.of(
            command
                .replace("URL", "http://127.0.0.1:" + server.port() + "/")
                .replace("IN", directory.toString())
                .split(" "));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .isEqualToIgnoringNewLines("hgwire: " + message.replace("IN", directory.toString()));
  }
}
