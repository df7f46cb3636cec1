// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.revlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hgwire.core.ByteString;
import org.hgwire.store.StoreException;
import org.hgwire.store.testing.ChunkForm;
import org.hgwire.store.testing.RevlogWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ConcurrentReadersTest {
  private static final int REVISIONS = 2000;
  private static final int READERS = 8;

  @TempDir Path directory;
  private final ExecutorService readers = Executors.newFixedThreadPool(READERS);
  private final RevlogWriter writer = RevlogWriter.split();
  private Path index = Path.of("");

  @BeforeEach
  void write() throws IOException {
    Random random = new Random(5);
    for (int r = 0; r < REVISIONS; r++) {
      byte[] text = new byte[2000];
      random.nextBytes(text);
      int base = r % 50 == 0 ? RevlogWriter.NONE : r - 1;
      writer.add(ByteString.copyOf(text), r % 3 == 0 ? ChunkForm.ZSTD : ChunkForm.ZLIB, base);
    }
    index = writer.write(directory.resolve("00.i"));
  }

  @AfterEach
  void stop() {
    readers.shutdownNow();
  }

  @Test
  void readersOfOneRevlogDoNotDisturbEachOther() throws Exception {
    try (Revlog revlog = Revlog.open(index, RevlogLimits.defaults())) {
      run(
          reader -> {
            Random random = new Random(reader);
            for (int i = 0; i < 3000; i++) {
              int r = reader % 2 == 0 ? i % REVISIONS : random.nextInt(REVISIONS);
              assertThat(revlog.text(r)).isEqualTo(writer.text(r));
              assertThat(revlog.find(writer.entry(r).node())).isEqualTo(r);
            }
          });
    }
  }

  /** A channel would be closed for all. */
  @Test
  void interruptedReaderDoesNotStopTheOthers() throws Exception {
    try (Revlog revlog = Revlog.open(index, RevlogLimits.defaults())) {
      run(
          reader -> {
            for (int r = 0; r < REVISIONS; r++) {
              if (reader == 0) {
                Thread.currentThread().interrupt();
              }
              assertThat(revlog.text(r)).isEqualTo(writer.text(r));
            }
          });
    }
  }

  /** As a strip does. */
  @Test
  void fileThatIsCutUnderItsReadersIsAnError() throws Exception {
    byte[] data = Files.readAllBytes(RevlogWriter.data(index));
    AtomicBoolean reading = new AtomicBoolean(true);
    try (Revlog revlog = Revlog.open(index, RevlogLimits.defaults());
        FileChannel channel =
            FileChannel.open(RevlogWriter.data(index), StandardOpenOption.WRITE)) {
      Future<?> cutting =
          readers.submit(
              () -> {
                while (reading.get()) {
                  channel.truncate(data.length / 3);
                  channel.write(ByteBuffer.wrap(data), 0);
                }
                return null;
              });
      run(
          reader -> {
            for (int r = 0; r < REVISIONS; r++) {
              try {
                revlog.verify(r);
              } catch (StoreException expected) {
                assertThat(expected.kind()).isEqualTo(StoreException.Kind.DAMAGED);
              }
            }
          });
      reading.set(false);
      cutting.get();
      for (int r = 0; r < REVISIONS; r++) {
        assertThat(revlog.text(r)).isEqualTo(writer.text(r));
      }
    }
  }

  private interface Reader {
    void read(int number) throws IOException;
  }

  private void run(Reader reader) throws InterruptedException, ExecutionException {
    List<Callable<Void>> calls = new ArrayList<>();
    for (int number = 0; number < READERS - 1; number++) {
      int each = number;
      calls.add(
          () -> {
            reader.read(each);
            return null;
          });
    }
    for (Future<Void> each : readers.invokeAll(calls)) {
      each.get();
    }
  }
}
