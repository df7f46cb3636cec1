// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class FramesCommandTest {
  private static final String HEADS =
      "1 1 stream-begin command-request new cbor:{b'name': b'heads'}";
  private static final byte[] HEADS_BYTES =
      HexFormat.of().parseHex("0c00000100010111" + "a1446e616d65456865616473");

  @Test
  void printsACaptureInTextNotation() {
    CommandLineRun run = CommandLineRun.withInput(HEADS_BYTES, "frames", "-");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines()).containsExactly(HEADS);
  }

  @Test
  void printsWholeFramesOfATruncatedCapture() {
    byte[] cut = Arrays.copyOf(HEADS_BYTES, HEADS_BYTES.length + 9);
    cut[HEADS_BYTES.length] = 2;
    CommandLineRun run = CommandLineRun.withInput(cut, "frames", "-");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out().lines()).containsExactly(HEADS);
    assertThat(run.err()).startsWith("hgwire: truncated: ").hasLineCount(1);
  }

  @Test
  void encodesTextNotationToTheSameBytes() {
    CommandLineRun run =
        CommandLineRun.withInput(
            ("# a comment\n\n" + HEADS + "\n").getBytes(StandardCharsets.UTF_8),
            "frames",
            "--encode");
    assertThat(run.exitCode()).isZero();
    assertThat(run.bytes().toByteArray()).isEqualTo(HEADS_BYTES);
  }

  @Test
  void namesTheLineThatIsNotAFrame() {
    CommandLineRun run =
        CommandLineRun.withInput(
            "\n1 1 nonsense\n".getBytes(StandardCharsets.UTF_8), "frames", "--encode");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).startsWith("hgwire: line 2: ").hasLineCount(1);
  }
}
