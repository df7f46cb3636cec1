// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.encoding;

import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.hgwire.core.ByteBudget;
import org.jspecify.annotations.Nullable;

/**
 * The encoders that the streams of a server share, within a budget: memory for a new one, outside
 * the heap, costs more time than encoding a short response. A few that are not in use are kept for
 * the next stream. They count in the budget, and are freed when it does not suffice for another, or
 * with the pool.
 *
 * <p>Safe for use by several threads; the encoders are not.
 */
public final class EncoderPool {
  /** How many encoders are kept that are not in use: 32 MiB of zstd with level 3. */
  static final int MAX_IDLE = 8;

  /** One thread for all pools, which frees what those that are gone have kept. */
  private static final Cleaner CLEANER = Cleaner.create();

  private static final EncoderPool UNLIMITED = new EncoderPool(ByteBudget.unlimited(), 0);

  private final ByteBudget budget;
  private final Idle idle;

  private EncoderPool(ByteBudget budget, int maxIdle) {
    this.budget = budget;
    this.idle = new Idle(maxIdle);
  }

  /**
   * Returns a pool whose encoders, in use and not, together need no more than {@code budget} has.
   */
  public static EncoderPool within(ByteBudget budget) {
    EncoderPool pool = new EncoderPool(budget, MAX_IDLE);
    CLEANER.register(pool, pool.idle);
    return pool;
  }

  /** Returns a pool without bounds that keeps nothing, for exchanges that are alone. */
  public static EncoderPool unlimited() {
    return UNLIMITED;
  }

  /**
   * Returns an encoder for one stream, or null if there is no memory for it. The caller closes it,
   * by which it is given back.
   */
  public @Nullable ContentEncoder take(ContentEncoding encoding) {
    ContentEncoder kept = idle.take(encoding);
    if (kept != null) {
      return new Taken(encoding, kept);
    }
    long bytes = encoding.encoderBytes();
    while (!budget.tryTake(bytes)) {
      long freed = idle.freeOldest();
      if (freed == 0) {
        return null;
      }
      budget.give(freed);
    }
    ContentEncoder made = null;
    try {
      made = encoding.newEncoder();
      return new Taken(encoding, made);
    } finally {
      if (made == null) {
        budget.give(bytes);
      }
    }
  }

  /** Returns how many bytes the encoders need that are in use. */
  public long taken() {
    return budget.taken() - idle.bytes();
  }

  private void giveBack(ContentEncoding encoding, ContentEncoder encoder) {
    if (!encoder.restart() || !idle.keep(encoding, encoder)) {
      encoder.close();
      budget.give(encoding.encoderBytes());
    }
  }

  /** An encoder in use. */
  private final class Taken implements ContentEncoder {
    private final ContentEncoding encoding;
    private @Nullable ContentEncoder encoder;

    Taken(ContentEncoding encoding, ContentEncoder encoder) {
      this.encoding = encoding;
      this.encoder = encoder;
    }

    private ContentEncoder open() {
      ContentEncoder open = encoder;
      if (open == null) {
        throw new IllegalStateException("the content encoder is closed");
      }
      return open;
    }

    @Override
    public void encode(ByteBuffer input, ByteBuffer output) {
      open().encode(input, output);
    }

    @Override
    public boolean flush(ByteBuffer output) {
      return open().flush(output);
    }

    @Override
    public void close() {
      ContentEncoder open = encoder;
      encoder = null;
      if (open != null) {
        giveBack(encoding, open);
      }
    }
  }

  /** The encoders that are not in use, the one that was used last first. */
  private static final class Idle implements Runnable {
    private record Kept(ContentEncoding encoding, ContentEncoder encoder) {}

    private final int max;
    private final Deque<Kept> kept = new ArrayDeque<>();

    Idle(int max) {
      this.max = max;
    }

    synchronized @Nullable ContentEncoder take(ContentEncoding encoding) {
      Iterator<Kept> each = kept.iterator();
      while (each.hasNext()) {
        Kept next = each.next();
        if (next.encoding() == encoding) {
          each.remove();
          return next.encoder();
        }
      }
      return null;
    }

    /** Keeps an encoder, or returns false if there are enough. */
    synchronized boolean keep(ContentEncoding encoding, ContentEncoder encoder) {
      if (kept.size() >= max) {
        return false;
      }
      kept.addFirst(new Kept(encoding, encoder));
      return true;
    }

    /** Frees the one that was not used for the longest time; returns its bytes. */
    synchronized long freeOldest() {
      Kept oldest = kept.pollLast();
      if (oldest == null) {
        return 0;
      }
      oldest.encoder().close();
      return oldest.encoding().encoderBytes();
    }

    synchronized long bytes() {
      return kept.stream().mapToLong(each -> each.encoding().encoderBytes()).sum();
    }

    @Override
    public synchronized void run() {
      kept.forEach(each -> each.encoder().close());
      kept.clear();
    }
  }
}
