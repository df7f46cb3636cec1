// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AppendedFileTest {
  @TempDir Path directory;

  private Path path() {
    return directory.resolve("file");
  }

  private AppendedFile open() throws IOException {
    return new AppendedFile(
        path(),
        FileChannel.open(
            path(), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void readsWhatWasAppendedAndNotTruncated(long seed) throws IOException {
    Random random = new Random(seed);
    byte[] expected = new byte[4_000_000];
    int length = 0;
    try (AppendedFile file = open()) {
      for (int i = 0; i < 3_000; i++) {
        switch (random.nextInt(20)) {
          case 0 -> {
            length -= random.nextInt(1 + Math.min(length, 100_000));
            file.truncate(length);
          }
          case 1 -> file.flush();
          case 2, 3, 4, 5 -> {
            byte[] bytes = new byte[random.nextInt(random.nextInt(10) == 0 ? 100_000 : 1_000)];
            random.nextBytes(bytes);
            file.append(ByteBuffer.wrap(bytes));
            System.arraycopy(bytes, 0, expected, length, bytes.length);
            length += bytes.length;
          }
          default -> {
            int from = random.nextInt(length + 1);
            int count = Math.min(length - from, random.nextInt(20) == 0 ? 20_000 : 700);
            assertThat(file.read(from, count))
                .isEqualTo(Arrays.copyOfRange(expected, from, from + count));
          }
        }
        assertThat(file.length()).isEqualTo(length);
      }
    }
    assertThat(Files.readAllBytes(path())).isEqualTo(Arrays.copyOf(expected, length));
  }

  @Test
  void fileThatSomebodyTruncatesIsNoticed() throws IOException {
    try (AppendedFile file = open()) {
      file.append(ByteBuffer.allocate(100_000));
      file.flush();
      try (FileChannel other = FileChannel.open(path(), StandardOpenOption.WRITE)) {
        other.truncate(50_000);
      }
      assertThatThrownBy(() -> file.read(49_990, 20))
          .isInstanceOf(EOFException.class)
          .hasMessageContaining("truncated");
      assertThat(file.read(49_980, 20)).containsOnly(0);
    }
  }
}
