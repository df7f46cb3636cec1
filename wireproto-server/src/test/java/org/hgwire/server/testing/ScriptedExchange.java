// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.testing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hgwire.server.http.HttpExchange;
import org.hgwire.server.http.HttpFields;
import org.hgwire.server.http.ResponseHead;
import org.jspecify.annotations.Nullable;

/** An exchange that does what a test says and remembers what was done to it. */
public final class ScriptedExchange implements HttpExchange {
  /** The size of the buffers of {@link #endless}. */
  public static final int ENDLESS_BUFFER = 32 * 1024;

  private final List<String> received = new CopyOnWriteArrayList<>();
  private final boolean wantsBody;
  private final int buffers;
  private final byte[] buffer;
  private final boolean lengthKnown;
  private volatile Duration workPerBuffer = Duration.ZERO;
  private volatile int failingBuffer = Integer.MAX_VALUE;
  private volatile boolean bodyEnded;
  private volatile boolean paused;
  private volatile boolean closed;
  private volatile boolean usedAfterClose;
  private volatile int pulled;
  private volatile long receivedBytes;

  /**
   * Responds, when the body has ended if it wants one, with so many buffers.
   *
   * @param wantsBody whether the body of the request is read to its end first
   * @param buffers how many times {@code buffer} is returned
   * @param lengthKnown whether the head of the response has the length
   */
  public ScriptedExchange(boolean wantsBody, int buffers, byte[] buffer, boolean lengthKnown) {
    this.wantsBody = wantsBody;
    this.buffers = buffers;
    this.buffer = buffer.clone();
    this.lengthKnown = lengthKnown;
  }

  /** Returns an exchange that responds with {@code text} and wants no body. */
  public static ScriptedExchange text(String text) {
    return new ScriptedExchange(false, 1, text.getBytes(StandardCharsets.UTF_8), true);
  }

  /** Returns an exchange that reads the body and then responds with {@code text}. */
  public static ScriptedExchange afterBody(String text) {
    return new ScriptedExchange(true, 1, text.getBytes(StandardCharsets.UTF_8), true);
  }

  /** Returns an exchange whose response does not end, and which wants no body. */
  public static ScriptedExchange endless() {
    return new ScriptedExchange(false, Integer.MAX_VALUE, new byte[ENDLESS_BUFFER], false);
  }

  /** Lets each buffer take this long. */
  public ScriptedExchange working(Duration time) {
    workPerBuffer = time;
    return this;
  }

  /** Lets the buffer of this index fail. */
  public ScriptedExchange failingAt(int index) {
    failingBuffer = index;
    return this;
  }

  /** Returns the pieces of the body that came. */
  public List<String> received() {
    return received;
  }

  /** Returns how many bytes of the body came. */
  public long receivedBytes() {
    return receivedBytes;
  }

  /** Returns how many buffers of the response were pulled. */
  public int pulled() {
    return pulled;
  }

  /** Returns whether the exchange was paused. */
  public boolean isPaused() {
    return paused;
  }

  /** Returns whether the exchange was closed. */
  public boolean isClosed() {
    return closed;
  }

  /** Returns whether more was asked of the exchange after it was closed. */
  public boolean wasUsedAfterClose() {
    return usedAfterClose;
  }

  @Override
  public boolean wantsInput() {
    return wantsBody && !bodyEnded;
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time
  public void receive(ByteBuffer data) {
    usedAfterClose |= closed;
    int count = data.remaining();
    received.add(StandardCharsets.UTF_8.decode(data).toString());
    receivedBytes += count;
  }

  @Override
  public void endOfInput() {
    bodyEnded = true;
  }

  @Override
  public @Nullable ResponseHead responseHead() {
    if (wantsBody && !bodyEnded) {
      return null;
    }
    return new ResponseHead(
        200,
        HttpFields.of("Content-Type", "text/plain"),
        lengthKnown ? OptionalLong.of((long) buffers * buffer.length) : OptionalLong.empty());
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time
  public @Nullable ByteBuffer nextOutput() throws IOException {
    usedAfterClose |= closed;
    if (pulled == buffers) {
      return null;
    }
    if (pulled == failingBuffer) {
      throw new IOException("the test wants it so");
    }
    if (!workPerBuffer.isZero()) {
      try {
        Thread.sleep(workPerBuffer.toMillis());
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
    pulled++;
    return ByteBuffer.wrap(buffer.clone());
  }

  @Override
  public void pause() {
    usedAfterClose |= closed;
    paused = true;
  }

  @Override
  public boolean finished() {
    return pulled == buffers;
  }

  @Override
  public void close() {
    closed = true;
  }
}
