// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Watches what a connection receives, below the HTTP library, which reads lines and header fields
 * without a bound: bytes that are no body have a budget, and a head or an HTTP/2 frame that has
 * begun has to be complete in time. Safe for use by several threads.
 *
 * <p>With HTTP/2 the frames say what is body. With HTTP/1.1 bytes are body once they were delivered
 * as such; at most one buffer of the HTTP library lies between.
 */
final class ConnectionMeter {
  private final @Nullable ConnectionMeter below;
  private final OverheadBudget budget;

  /** Runs while a head is incomplete, from its first byte or interim response on. */
  private final Deadline head;

  /** Runs while a frame is incomplete. */
  private final Deadline frame;

  private @Nullable FrameScanner frames;
  private boolean begun;
  private boolean headAwaited;
  private long headsTaken;
  private long headsLost;
  private long timedFrame;

  /**
   * Makes the meter of a new connection.
   *
   * @param maxOverhead see {@link org.hgwire.core.WireLimit#MAX_HTTP_OVERHEAD}
   * @param patience how long a head or a frame may take from its first byte to its last
   * @param connection is closed if one takes longer
   * @param below the meter of the connection that carries TLS records, or null; what is decrypted
   *     is its body
   */
  ConnectionMeter(
      long maxOverhead, Duration patience, Closeable connection, @Nullable ConnectionMeter below) {
    this.below = below;
    this.budget = new OverheadBudget(maxOverhead);
    this.head = new Deadline(patience, connection);
    this.frame = new Deadline(patience, connection);
  }

  /** Bytes were received. */
  synchronized void received(byte[] bytes, int offset, int count) throws IOException {
    if (below != null) {
      below.delivered(count);
    }
    if (!begun) {
      begun = true;
      // The first frame of a server is SETTINGS, at most 2^14 bytes long: its length begins with 0.
      frames = bytes[offset] == 0 ? new FrameScanner() : null;
    }
    FrameScanner scanner = frames;
    if (scanner == null) {
      budget.take(count);
      if (headAwaited) {
        head.start();
      }
    } else {
      int data = scanner.scan(bytes, offset, count);
      budget.giveBack(data);
      budget.take(count - data);
      time(scanner);
    }
  }

  private void time(FrameScanner scanner) {
    if (!scanner.isInside() || scanner.completed() != timedFrame) {
      frame.stop();
    }
    if (scanner.isInside()) {
      timedFrame = scanner.completed();
      frame.start();
    }
    // Each exchange that failed may still get one.
    if (scanner.heads() > headsTaken + headsLost) {
      head.start();
    }
  }

  /** A request is about to be sent on this connection. */
  synchronized void exchangeStarted() {
    budget.reset();
    headAwaited = true;
  }

  /** The head of a response is complete. */
  synchronized void headReceived() {
    headAwaited = false;
    headsTaken = frames == null ? 0 : frames.heads();
    head.stop();
  }

  /** The exchange failed before the head of its response was complete. */
  synchronized void headLost() {
    headAwaited = false;
    headsLost++;
    head.stop();
  }

  /** Bytes of a body were delivered. */
  synchronized void delivered(long count) {
    if (frames == null) {
      budget.giveBack(count);
    }
  }

  /** The connection was closed. */
  synchronized void closed() {
    head.stop();
    frame.stop();
  }

  /** Returns the exception to throw for one of a read. */
  IOException failure(IOException e) {
    return head.hasExpired() || frame.hasExpired()
        ? (IOException)
            new SocketTimeoutException("what had begun was not completed in time").initCause(e)
        : e;
  }
}
