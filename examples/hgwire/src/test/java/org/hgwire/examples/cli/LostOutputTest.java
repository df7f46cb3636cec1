// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.netty.HgWireServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Standard output that cannot be written: closed, a full disk, a reader that has gone. */
@Timeout(120)
final class LostOutputTest {
  private static final String LOST = "hgwire: standard output cannot be written: ";

  @TempDir private static Path directory;
  private static HgWireServer server;

  @BeforeAll
  static void start() throws IOException {
    Files.writeString(directory.resolve("frames"), "1 1 stream-begin command-request new x\n");
    Files.write(directory.resolve("cbor"), new byte[] {1});
    Files.writeString(directory.resolve("manifest"), "https://example.org/bundle BUNDLESPEC=x\n");
    server =
        HgWireServer.builder(
                ServerOptions.builder(RepositoryResolver.atRoot(DemoRepository.create())).build())
            .start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Output that takes some bytes and no more. */
  private static final class FullDisk extends OutputStream {
    private int room;

    private FullDisk(int room) {
      this.room = room;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (length > room) {
        throw new IOException("No space left on device");
      }
      room -= length;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "--version",
        "pull --help",
        "manifest lint --help",
        "demo",
        "serve --demo",
        "call URL heads",
        "call URL heads --json",
        "call URL heads --frames",
        "pull URL",
        "manifest select DIR/manifest",
        "manifest lint DIR/manifest",
        "frames --encode DIR/frames",
        "cbor DIR/cbor",
        "cbor --lines DIR/cbor",
      })
  void everyCommandFailsInOneLine(String command) {
    StringWriter err = new StringWriter();
    String[] arguments =
        command
            .replace("URL", "http://127.0.0.1:" + server.port() + "/")
            .replace("DIR", directory.toString())
            .split(" ");
    int exitCode = HgWire.run(new FullDisk(0), new PrintWriter(err, true), arguments);
    assertThat(exitCode).isEqualTo(1);
    assertThat(err).hasToString(LOST + "No space left on device" + System.lineSeparator());
  }

  @Test
  void aTransferStopsWithItsReader() throws Exception {
    // Of the manifests, several MB in hexadecimal, only the first kilobytes are taken.
    StringWriter err = new StringWriter();
    int exitCode =
        HgWire.run(
            new FullDisk(20_000),
            new PrintWriter(err, true),
            "call",
            "http://127.0.0.1:" + server.port() + "/",
            "filesdata",
            "revisions=[{'type': 'changesetdagrange', 'roots': [], 'heads': [" + head() + "]}]",
            "fields=258(['revision'])");
    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString()).startsWith(LOST).hasLineCount(1);
  }

  private static String head() {
    String heads =
        CommandLineRun.of("call", "http://127.0.0.1:" + server.port() + "/", "heads").out();
    return heads.substring(1, heads.indexOf('\'', 4) + 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hgwire --help >/dev/full",
        "hgwire --version >&-",
        "hgwire cbor FILE >/dev/full",
        "hgwire cbor FILE >&-",
        "hgwire serve --demo >&-",
        "{ sleep 1; hgwire cbor FILE; echo $? >code; } | true; exit $(cat code)",
      })
  void realDescriptorsFailAlike(String script, @TempDir Path work) throws Exception {
    Assumptions.assumeTrue(Files.exists(Path.of("/dev/full")));
    Path file = Files.write(work.resolve("one.cbor"), new byte[] {1});
    ShellRun run = ShellRun.of(work, Map.of(), script.replace("FILE", file.toString()));
    assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
    assertThat(run.err()).startsWith(LOST).hasLineCount(1);
  }
}
