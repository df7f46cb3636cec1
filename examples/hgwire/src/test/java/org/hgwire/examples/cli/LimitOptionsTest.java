// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.netty.HgWireServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class LimitOptionsTest {
  private static final byte[] HEADS =
      HexFormat.of().parseHex("0c00000100010111" + "a1446e616d65456865616473");

  @ParameterizedTest
  @CsvSource({
    "max-frame-payload=70000, MAX_FRAME_PAYLOAD, 70000",
    "max-request-bytes=8K, MAX_REQUEST_BYTES, 8192",
    "max-request-bytes=8m, MAX_REQUEST_BYTES, 8388608",
    "max-command-data=2G, MAX_COMMAND_DATA, 2147483648",
    "max-zstd-window-log=20, MAX_ZSTD_WINDOW_LOG, 20",
  })
  void readsValuesWithSuffixes(String setting, WireLimit limit, long value) {
    assertThat(parse("--limit", setting).of(limit)).isEqualTo(value);
  }

  @Test
  void mayBeRepeated() {
    WireLimits limits = parse("--limit", "max-cbor-depth=5", "--limit", "max-cbor-items=6");
    assertThat(limits.of(WireLimit.MAX_CBOR_DEPTH)).isEqualTo(5);
    assertThat(limits.of(WireLimit.MAX_CBOR_ITEMS)).isEqualTo(6);
    assertThat(limits.of(WireLimit.MAX_TEXT_BYTES))
        .isEqualTo(WireLimit.MAX_TEXT_BYTES.defaultValue());
  }

  @Test
  void unknownNameListsAllLimits() {
    CommandLineRun run = CommandLineRun.withInput(HEADS, "frames", "--limit", "frame=1", "-");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines())
        .hasSize(1 + WireLimit.values().length)
        .startsWith("hgwire: there is no limit \"frame\"; the limits and their defaults are:")
        .anyMatch(line -> line.matches(" +max-frame-payload +65535 bytes"))
        .anyMatch(line -> line.matches(" +max-zstd-window-log +2\\^23 bytes, .*exponent"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "max-frame-payload",
        "max-frame-payload=",
        "max-frame-payload=-1",
        "max-frame-payload=1T",
        "max-frame-payload=0",
        "max-frame-payload=16M",
        "max-command-data=9999999999G",
        "max-command-data=9999999999999999999",
      })
  void refusesWrongValues(String setting) {
    CommandLineRun run = CommandLineRun.withInput(HEADS, "frames", "--limit", setting, "-");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("hgwire: ").hasLineCount(1);
  }

  @Test
  void framesAreLimited() {
    assertThat(CommandLineRun.withInput(HEADS, "frames", "-").exitCode()).isZero();
    CommandLineRun run =
        CommandLineRun.withInput(HEADS, "frames", "--limit", "max-frame-payload=11", "-");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).startsWith("hgwire: limit: ");
  }

  @Test
  void cborIsLimited() {
    byte[] nested = "8100\n818100\n".getBytes(StandardCharsets.US_ASCII);
    CommandLineRun run =
        CommandLineRun.withInput(nested, "cbor", "--lines", "--limit", "max-cbor-depth=1");
    assertThat(run.out().lines())
        .satisfiesExactly(
            first -> assertThat(first).isEqualTo("[0]"),
            second -> assertThat(second).startsWith("error: depth: "));
  }

  @Test
  void responsesToACallAreLimited() throws IOException {
    ServerOptions options =
        ServerOptions.builder(RepositoryResolver.atRoot(DemoRepository.create())).build();
    try (HgWireServer server = HgWireServer.builder(options).start()) {
      String url = "http://127.0.0.1:" + server.port() + "/";
      assertThat(CommandLineRun.of("call", url, "heads").exitCode()).isZero();
      CommandLineRun run =
          CommandLineRun.of("call", url, "heads", "--limit", "max-frame-payload=10");
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).startsWith("hgwire: ").contains("10");
    }
  }

  private static WireLimits parse(String... arguments) {
    LimitOptions options = new LimitOptions();
    new CommandLine(CommandLine.Model.CommandSpec.create().addMixin("limits", mixin(options)))
        .parseArgs(arguments);
    return options.limits();
  }

  private static CommandLine.Model.CommandSpec mixin(LimitOptions options) {
    return CommandLine.Model.CommandSpec.forAnnotatedObject(options);
  }
}
