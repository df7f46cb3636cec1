// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.servlet;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.hgwire.server.http.RequestHead;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The body of one request, read without blocking and only when {@link #read} is called. {@link
 * #onDataAvailable} and the others are the container's; all else is used by one thread at a time.
 */
final class RequestBody implements ReadListener {
  private static final Logger LOG = LoggerFactory.getLogger(RequestBody.class);
  private static final int BUFFER = 16 * 1024;

  private final ContainerGate gate;
  private final HttpServletRequest request;
  private final boolean expected;
  private final boolean continueExpected;
  private final PacedWait wait;
  private final Runnable wake;
  private final Runnable failed;
  private @Nullable ServletInputStream input;
  private byte @Nullable [] buffer;
  private boolean waiting;
  private boolean ended;

  /** Whether the container has promised a callback; the stream is not to be touched until then. */
  private volatile boolean awaiting;

  private volatile long availableAt;
  private volatile boolean allRead;

  /**
   * Makes the body of a request.
   *
   * @param head the head of {@code request}
   * @param wait what measures the client
   * @param wake called when {@link #read} may have something
   * @param failed called when the body cannot be read
   */
  RequestBody(
      ContainerGate gate,
      HttpServletRequest request,
      RequestHead head,
      PacedWait wait,
      Runnable wake,
      Runnable failed) {
    this.gate = gate;
    this.request = request;
    this.wait = wait;
    this.wake = wake;
    this.failed = failed;
    expected =
        request.getContentLengthLong() > 0 || head.fields().first("Transfer-Encoding") != null;
    continueExpected = "100-continue".equalsIgnoreCase(head.fields().first("Expect"));
  }

  /**
   * Returns the next piece of the body, or null if none is here yet. The piece is valid until the
   * next call; it is empty if only the end was found ({@link #ended}).
   */
  @Nullable ByteBuffer read() {
    if (ended) {
      throw new IllegalStateException("the body has ended");
    }
    try {
      return poll();
    } catch (IOException | RuntimeException broken) {
      LOG.debug("the body of a request broke off", broken);
      failed.run();
      return null;
    }
  }

  private @Nullable ByteBuffer poll() throws IOException {
    synchronized (gate) {
      if (gate.isClosed()) {
        return null;
      }
      ServletInputStream open = input;
      if (open == null) {
        return begin();
      }
      if (awaiting) {
        return null;
      }
      if (!waiting) {
        availableAt = 0;
      }
      awaiting = true;
      if (!allRead && !open.isFinished() && !open.isReady()) {
        startWaiting();
        return null;
      }
      awaiting = false;
      return readNow(open);
    }
  }

  private @Nullable ByteBuffer begin() throws IOException {
    // Only this tells a client that waits for it to continue.
    ServletInputStream open = request.getInputStream();
    input = open;
    awaiting = true;
    startWaiting();
    open.setReadListener(this);
    // Of a body that is known to be empty, not every container calls the listener.
    return open.isFinished() ? readNow(open) : null;
  }

  private ByteBuffer readNow(ServletInputStream open) throws IOException {
    byte[] into = buffer;
    if (into == null) {
      into = new byte[BUFFER];
      buffer = into;
    }
    int read = allRead || open.isFinished() ? -1 : open.read(into);
    stopWaiting(Math.max(read, 0));
    ended = read < 0;
    return ByteBuffer.wrap(into, 0, Math.max(read, 0));
  }

  private void startWaiting() {
    waiting = true;
    wait.begin();
  }

  private void stopWaiting(int read) {
    long at = availableAt;
    wait.end(read, waiting && at != 0 ? at : System.nanoTime());
    waiting = false;
  }

  /** Returns whether the body was read to its end. */
  boolean ended() {
    return ended;
  }

  /**
   * Returns whether the client sends a body, or still sends it, that is not read yet: false if it
   * waits to be told to continue and was not.
   */
  boolean isUnread() {
    return expected && !ended && (input != null || !continueExpected);
  }

  /** Returns whether the request says that a body follows, and its end was not read. */
  boolean isIncomplete() {
    return expected && !ended;
  }

  /** Returns how many bytes were read. */
  long received() {
    return wait.bytes();
  }

  /** Returns whether the client is waited for, and was too slow. */
  boolean isTooSlow() {
    return wait.isTooSlow();
  }

  @Override
  public void onDataAvailable() {
    resume();
  }

  @Override
  public void onAllDataRead() {
    allRead = true;
    resume();
  }

  @Override
  public void onError(Throwable failure) {
    failed.run();
  }

  private void resume() {
    availableAt = System.nanoTime();
    awaiting = false;
    wake.run();
  }
}
