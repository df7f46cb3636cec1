// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.revlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.hgwire.core.revision.Delta;
import org.junit.jupiter.api.Test;

class TextPiecesTest {
  private final Random random = new Random(3);

  @Test
  void manyPiecesBecomeTextAgain() {
    assertThat(copiedAfter(200, 300)).isPositive();
  }

  @Test
  void longDeltasBecomeTextAgain() {
    assertThat(copiedAfter(20, 10_000)).isPositive();
  }

  @Test
  void fewPiecesAreCopiedAtTheEndOnly() {
    assertThat(copiedAfter(100, 3)).isZero();
  }

  /** Applies deltas as a chain does, and returns what was copied in between. */
  private long copiedAfter(int deltas, int fragments) {
    byte[] base = new byte[40_000];
    random.nextBytes(base);
    TextPieces pieces = new TextPieces(base);
    ByteBuffer expected = ByteBuffer.wrap(base);
    for (int i = 0; i < deltas; i++) {
      byte[] delta = delta(expected.remaining(), fragments);
      expected = Delta.apply(expected, ByteBuffer.wrap(delta), Integer.MAX_VALUE);
      pieces.apply(delta);
      assertThat(pieces.length()).isEqualTo(expected.remaining());
      pieces.compact();
    }
    assertThat(ByteBuffer.wrap(pieces.text())).isEqualTo(expected);
    return pieces.copied();
  }

  /** Each fragment replaces up to two bytes by up to two others. */
  private byte[] delta(int length, int fragments) {
    ByteBuffer delta = ByteBuffer.allocate(fragments * 14);
    int step = Math.max(2, length / fragments);
    for (int i = 0; i < fragments && (i + 1) * step <= length; i++) {
      byte[] content = new byte[random.nextInt(3)];
      random.nextBytes(content);
      int start = i * step;
      delta.putInt(start).putInt(start + random.nextInt(3)).putInt(content.length).put(content);
    }
    byte[] bytes = new byte[delta.position()];
    delta.flip().get(bytes);
    return bytes;
  }
}
