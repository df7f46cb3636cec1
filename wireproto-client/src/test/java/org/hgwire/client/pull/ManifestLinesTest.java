// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hgwire.client.PeerProtocolException;
import org.hgwire.core.ByteString;
import org.junit.jupiter.api.Test;

class ManifestLinesTest {
  private static InputStream in(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)) {
      private final Random random = new Random(1);

      @Override
      public synchronized int read(byte[] target, int offset, int length) {
        return super.read(target, offset, Math.min(length, 1 + random.nextInt(20_000)));
      }
    };
  }

  private static List<String> lines(String text) throws Exception {
    List<String> found = new ArrayList<>();
    try (ManifestLines lines = new ManifestLines(in(text))) {
      while (lines.next()) {
        found.add(
            new String(ByteString.copyOf(lines.line()).toByteArray(), StandardCharsets.ISO_8859_1));
      }
      assertThat(lines.next()).isFalse();
    }
    return found;
  }

  @Test
  void linesOfAnyLengthAreWhole() throws Exception {
    Random random = new Random(7);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      int length = random.nextInt(10) == 0 ? random.nextInt(200_000) : random.nextInt(100);
      expected.add("x".repeat(length) + i + "\n");
    }
    assertThat(lines(String.join("", expected))).isEqualTo(expected);
    assertThat(lines("")).isEmpty();
    assertThat(lines("a\nb")).containsExactly("a\n", "b");
  }

  @Test
  void lineLongerThanAnyPathIsRefused() {
    assertThatThrownBy(() -> lines("x".repeat(3_000_000) + "\n"))
        .isInstanceOf(PeerProtocolException.class);
  }
}
