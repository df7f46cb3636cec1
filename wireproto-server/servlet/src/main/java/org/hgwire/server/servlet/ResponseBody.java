// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The body of one response, written without blocking: it holds one buffer at most. {@link
 * #onWritePossible} and the other callback are the container's; all else is used by one thread at a
 * time.
 */
final class ResponseBody implements WriteListener {
  /** Sizes of the pieces that are written: the grain in which a slow client's progress is seen. */
  static final int WRITTEN_PIECE = 8 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(ResponseBody.class);

  private final ContainerGate gate;
  private final ServletOutputStream output;
  private final PacedWait wait;
  private final Runnable wake;
  private final Runnable failed;
  private @Nullable ByteBuffer pending;
  private boolean unflushed;
  private boolean waiting;
  private long handedOver;

  /** Whether the container has promised a callback; the stream is not to be touched until then. */
  private volatile boolean awaiting = true;

  private volatile long possibleAt;

  /**
   * Makes the body of a response.
   *
   * @param wait what measures the client
   * @param wake called when more can be written
   * @param failed called when nothing can be written any more
   */
  ResponseBody(
      ContainerGate gate,
      HttpServletResponse response,
      PacedWait wait,
      Runnable wake,
      Runnable failed)
      throws IOException {
    this.gate = gate;
    output = response.getOutputStream();
    this.wait = wait;
    this.wake = wake;
    this.failed = failed;
  }

  /** Lets the container call back. */
  void begin() {
    output.setWriteListener(this);
  }

  /**
   * Returns whether all that was given has left and the container takes more; if not, the client is
   * waited for.
   */
  boolean isWritable() {
    synchronized (gate) {
      return pending == null && !unflushed && !gate.isClosed() && isReady();
    }
  }

  /** Gives the next bytes, which are {@linkplain #push pushed} out later; all before have left. */
  void give(ByteBuffer bytes) {
    if (bytes.hasRemaining()) {
      pending = bytes;
    }
  }

  /** Writes what the container takes of what was given, and returns whether it took anything. */
  boolean push() {
    try {
      return pushNow();
    } catch (IOException | RuntimeException gone) {
      LOG.debug("a response cannot be written any more", gone);
      failed.run();
      return false;
    }
  }

  private boolean pushNow() throws IOException {
    synchronized (gate) {
      boolean moved = false;
      while ((pending != null || unflushed) && !gate.isClosed() && isReady()) {
        moved = true;
        ByteBuffer next = pending;
        if (next == null) {
          unflushed = false;
          output.flush();
        } else {
          unflushed = true;
          write(next);
          pending = next.hasRemaining() ? next : null;
        }
      }
      return moved;
    }
  }

  private void write(ByteBuffer next) throws IOException {
    int size = Math.min(WRITTEN_PIECE, next.remaining());
    handedOver += size;
    if (next.hasArray()) {
      output.write(next.array(), next.arrayOffset() + next.position(), size);
      next.position(next.position() + size);
    } else {
      byte[] copy = new byte[size];
      next.get(copy);
      output.write(copy);
    }
  }

  private boolean isReady() {
    if (awaiting) {
      return false;
    }
    if (!waiting) {
      possibleAt = 0;
    }
    awaiting = true;
    if (!output.isReady()) {
      waiting = true;
      wait.begin();
      return false;
    }
    awaiting = false;
    long at = possibleAt;
    wait.end(handedOver, waiting && at != 0 ? at : System.nanoTime());
    waiting = false;
    handedOver = 0;
    return true;
  }

  /** Returns whether the client is waited for, and was too slow. */
  boolean isTooSlow() {
    return wait.isTooSlow();
  }

  /** Returns whether the client has read nothing for a while; true once for each wait. */
  boolean isStalled() {
    return wait.isStalled();
  }

  @Override
  public void onWritePossible() {
    possibleAt = System.nanoTime();
    awaiting = false;
    wake.run();
  }

  @Override
  public void onError(Throwable failure) {
    failed.run();
  }
}
