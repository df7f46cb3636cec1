// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Appends in order, on a thread of its own, while the caller has the next revisions verified. What
 * waits has at most {@value #MAX_BYTES} bytes of texts, or is one append. For one thread besides
 * its own.
 */
final class AppendQueue implements Closeable {
  static final long MAX_BYTES = 8 << 20;

  /** Bounds the objects that wait. */
  private static final int MAX_COUNT = 1024;

  /** Appends something. */
  interface Append {
    void run() throws IOException;
  }

  private record Waiting(Append append, long bytes) {}

  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private long bytes;
  private boolean running;
  private boolean closed;
  private @Nullable Thread thread;
  private @Nullable Throwable failure;

  /**
   * Adds an append, when there is room for it.
   *
   * @param length how many bytes it holds
   * @throws IOException if one before failed; so does every call until {@link #clear}
   */
  synchronized void add(long length, Append append) throws IOException {
    try {
      while (failure == null
          && !waiting.isEmpty()
          && (bytes + length > MAX_BYTES || waiting.size() == MAX_COUNT)) {
        wait();
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
    throwFailure();
    waiting.add(new Waiting(append, length));
    bytes += length;
    if (thread == null) {
      thread = new Thread(this::work, "hgwire-append");
      thread.setDaemon(true);
      thread.start();
    }
    if (waiting.size() == 1) {
      notifyAll();
    }
  }

  /**
   * Waits until everything was appended; then the caller may use what the appends use.
   *
   * @throws IOException if something failed
   */
  synchronized void finish() throws IOException {
    try {
      while (failure == null && (running || !waiting.isEmpty())) {
        wait();
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
    throwFailure();
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while revisions were appended");
  }

  private void throwFailure() throws IOException {
    Throwable failed = failure;
    if (failed instanceof IOException ofFiles) {
      throw ofFiles;
    }
    if (failed instanceof Error error) {
      throw error;
    }
    if (failed instanceof RuntimeException unexpected) {
      throw unexpected;
    }
  }

  /** Drops what waits, waits for the append that runs, and forgets a failure. */
  synchronized void clear() {
    waiting.clear();
    bytes = 0;
    boolean interrupted = false;
    while (running) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    failure = null;
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Like {@link #clear}, and ends the thread. */
  @Override
  public synchronized void close() {
    clear();
    closed = true;
    notifyAll();
  }

  private void work() {
    for (Append next = take(); next != null; next = take()) {
      Throwable failed = null;
      try {
        next.run();
      } catch (IOException | RuntimeException | Error e) {
        failed = e;
      }
      done(failed);
    }
  }

  private synchronized @Nullable Append take() {
    while (waiting.isEmpty() && !closed) {
      try {
        wait();
      } catch (InterruptedException e) {
        // Nobody has the thread who could mean that.
      }
    }
    Waiting next = waiting.poll();
    if (next == null) {
      return null;
    }
    running = true;
    bytes -= next.bytes();
    if (bytes <= MAX_BYTES / 2 && waiting.size() <= MAX_COUNT / 2) {
      notifyAll();
    }
    return next.append();
  }

  private synchronized void done(@Nullable Throwable failed) {
    running = false;
    if (failed != null) {
      failure = failed;
      waiting.clear();
      bytes = 0;
    }
    if (waiting.isEmpty()) {
      notifyAll();
    }
  }
}
