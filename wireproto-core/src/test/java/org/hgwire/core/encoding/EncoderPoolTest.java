// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.hgwire.core.ByteBudget;
import org.hgwire.core.WireLimits;
import org.junit.jupiter.api.Test;

/** Encoders are used again, and their memory never exceeds the budget. */
class EncoderPoolTest {
  private final Counted encoding = new Counted(true);
  private final ByteBudget budget = new ByteBudget(10 * Counted.BYTES);
  private final EncoderPool pool = EncoderPool.within(budget);

  private ContentEncoder take(ContentEncoding wanted) {
    return Objects.requireNonNull(pool.take(wanted));
  }

  @Test
  void encoderThatWasGivenBackIsTakenAgain() {
    for (int i = 0; i < 5; i++) {
      ContentEncoder encoder = take(encoding);
      assertThat(pool.taken()).isEqualTo(Counted.BYTES);
      encoder.close();
      encoder.close();
      assertThatThrownBy(() -> encoder.flush(ByteBuffer.allocate(9)))
          .isInstanceOf(IllegalStateException.class);
      assertThat(pool.taken()).isZero();
    }
    assertThat(encoding.made).isEqualTo(1);
    assertThat(encoding.open).isEqualTo(1);
    assertThat(budget.taken()).isEqualTo(Counted.BYTES);
  }

  @Test
  void fewAreKept() {
    List<ContentEncoder> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      all.add(take(encoding));
    }
    assertThat(pool.take(encoding)).isNull();
    all.forEach(ContentEncoder::close);
    assertThat(encoding.open).isEqualTo(EncoderPool.MAX_IDLE);
    assertThat(budget.taken()).isEqualTo(EncoderPool.MAX_IDLE * Counted.BYTES);
  }

  @Test
  void thoseThatAreKeptAreFreedForOthers() {
    List<ContentEncoder> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      all.add(take(encoding));
    }
    all.forEach(ContentEncoder::close);
    Counted other = new Counted(true);
    for (int i = 0; i < 10; i++) {
      take(other);
      assertThat(budget.taken()).isLessThanOrEqualTo(10 * Counted.BYTES);
    }
    assertThat(encoding.open).isZero();
    assertThat(pool.take(other)).isNull();
    assertThat(pool.taken()).isEqualTo(10 * Counted.BYTES);
  }

  @Test
  void encoderThatCannotRestartIsFreed() {
    Counted once = new Counted(false);
    take(once).close();
    assertThat(once.open).isZero();
    assertThat(budget.taken()).isZero();
  }

  @Test
  void failedEncoderGivesItsMemoryBack() {
    Counted failing =
        new Counted(true) {
          @Override
          public ContentEncoder newEncoder() {
            throw new UnsupportedOperationException();
          }
        };
    assertThatThrownBy(() -> pool.take(failing)).isInstanceOf(UnsupportedOperationException.class);
    assertThat(budget.taken()).isZero();
  }

  /** An encoding that counts its encoders. */
  private static class Counted implements ContentEncoding {
    static final long BYTES = 1000;

    private final boolean restarts;
    int made;
    int open;

    Counted(boolean restarts) {
      this.restarts = restarts;
    }

    @Override
    public String name() {
      return "counted";
    }

    @Override
    public long encoderBytes() {
      return BYTES;
    }

    @Override
    public long decoderBytes(WireLimits limits) {
      return 0;
    }

    @Override
    public ContentEncoder newEncoder() {
      made++;
      open++;
      return new ContentEncoder() {
        @Override
        public void encode(ByteBuffer input, ByteBuffer output) {
          output.put(input);
        }

        @Override
        public boolean flush(ByteBuffer output) {
          return true;
        }

        @Override
        public boolean restart() {
          return restarts;
        }

        @Override
        public void close() {
          open--;
        }
      };
    }

    @Override
    public ContentDecoder newDecoder(WireLimits limits) {
      throw new UnsupportedOperationException();
    }
  }
}
