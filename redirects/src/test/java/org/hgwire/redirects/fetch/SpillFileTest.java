// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpillFileTest {
  @TempDir Path directory;

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static byte[] read(SpillFile file, int size) throws IOException {
    ByteBuffer target = ByteBuffer.allocate(size);
    assertThat(file.read(target)).isEqualTo(target.position());
    byte[] bytes = new byte[target.flip().remaining()];
    target.get(bytes);
    return bytes;
  }

  @Test
  void fileIsReusedWhenItWasReadToItsEnd() throws IOException {
    try (SpillFile file = SpillFile.create(directory)) {
      for (int i = 0; i < 100; i++) {
        byte[] bytes = random(1000 + i);
        file.append(ByteBuffer.wrap(bytes));
        assertThat(file.length()).isEqualTo(bytes.length);
        assertThat(read(file, 2000)).isEqualTo(bytes);
        assertThat(file.isEmpty()).isTrue();
        assertThat(file.length()).isZero();
        assertThat(file.sizeOnDisk()).isZero();
      }
    }
  }

  @Test
  void fileStaysSmallThoughSomeBytesAlwaysRemain() throws IOException {
    byte[] piece = random(60_000);
    try (SpillFile file = SpillFile.create(directory)) {
      file.append(ByteBuffer.wrap(piece));
      for (int i = 0; i < 200; i++) {
        file.append(ByteBuffer.wrap(piece));
        assertThat(read(file, piece.length)).isEqualTo(piece);
        assertThat(file.remaining()).isEqualTo(piece.length);
        assertThat(file.length()).isLessThan(1_300_000);
        assertThat(file.sizeOnDisk()).isEqualTo(file.length());
      }
    }
  }

  @Test
  void readsAvailableBytesAndKeepsTheLimitOfTheTarget() throws IOException {
    try (SpillFile file = SpillFile.create(directory)) {
      file.append(ByteBuffer.wrap(random(10)));
      ByteBuffer target = ByteBuffer.allocate(16).position(2).limit(15);
      assertThat(file.read(target)).isEqualTo(10);
      assertThat(target.position()).isEqualTo(12);
      assertThat(target.limit()).isEqualTo(15);
      assertThat(file.read(target)).isZero();
    }
  }

  @Test
  void dropsTheLastBytes() throws IOException {
    byte[] bytes = random(100);
    try (SpillFile file = SpillFile.create(directory)) {
      file.append(ByteBuffer.wrap(bytes));
      read(file, 30);
      file.dropLast(60);
      assertThat(file.remaining()).isEqualTo(10);
      file.append(ByteBuffer.wrap(bytes, 40, 60));
      assertThat(ByteBuffer.wrap(read(file, 100))).isEqualTo(ByteBuffer.wrap(bytes, 30, 70));
      file.append(ByteBuffer.wrap(bytes));
      file.dropLast(100);
      assertThat(file.length()).isZero();
      assertThatIllegalArgumentException().isThrownBy(() -> file.dropLast(1));
    }
  }

  @Test
  void clearDropsEverything() throws IOException {
    try (SpillFile file = SpillFile.create(directory)) {
      file.append(ByteBuffer.wrap(random(100)));
      file.clear();
      assertThat(file.isEmpty()).isTrue();
      assertThat(file.sizeOnDisk()).isZero();
    }
  }

  @Test
  void closeDeletesTheFileAndMayBeCalledAgain() throws IOException {
    SpillFile file = SpillFile.create(directory);
    file.append(ByteBuffer.wrap(random(100)));
    file.close();
    file.close();
    assertThat(directory).isEmptyDirectory();
  }
}
