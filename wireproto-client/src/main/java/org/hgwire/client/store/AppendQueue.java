// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Appends in order, on a thread of its own, while the caller has the next revisions verified. The
 * thread takes what waits in groups: waking it costs more than a small append. What waits has at
 * most {@value #MAX_BYTES} bytes of texts, or is one append; so has a group. For one thread besides
 * its own.
 */
final class AppendQueue implements Closeable {
  static final long MAX_BYTES = 4 << 20;

  /** Bounds the objects that wait. */
  private static final int MAX_COUNT = 1024;

  /** A group begins when so much waits, or when somebody waits for it. */
  private static final int GROUP_COUNT = 64;

  static final long GROUP_BYTES = 512 << 10;

  /** Appends something. */
  interface Append {
    void run() throws IOException;
  }

  private List<Append> waiting = new ArrayList<>();
  private long bytes;

  /** Whether the caller waits for what waits here. */
  private boolean wanted;

  private boolean running;

  /** Whether what is left of the group is dropped. */
  private volatile boolean dropped;

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
    waitWhile(
        () -> !waiting.isEmpty() && (bytes + length > MAX_BYTES || waiting.size() == MAX_COUNT));
    waiting.add(append);
    bytes += length;
    if (thread == null) {
      thread = new Thread(this::work, "hgwire-append");
      thread.setDaemon(true);
      thread.start();
    }
    if (isGroup()) {
      notifyAll();
    }
  }

  private boolean isGroup() {
    return waiting.size() >= GROUP_COUNT || bytes >= GROUP_BYTES;
  }

  /**
   * Waits until everything was appended; then the caller may use what the appends use.
   *
   * @throws IOException if something failed
   */
  synchronized void finish() throws IOException {
    waitWhile(() -> running || !waiting.isEmpty());
  }

  private synchronized void waitWhile(BooleanSupplier condition) throws IOException {
    try {
      while (failure == null && condition.getAsBoolean()) {
        wanted = true;
        notifyAll();
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while revisions were appended");
    }
    throwFailure();
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
    dropped = true;
    boolean interrupted = false;
    while (running) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    dropped = false;
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
    for (List<Append> group = take(); !group.isEmpty(); group = take()) {
      Throwable failed = null;
      try {
        for (Iterator<Append> next = group.iterator(); next.hasNext() && !dropped; ) {
          next.next().run();
        }
      } catch (IOException | RuntimeException | Error e) {
        failed = e;
      }
      done(failed);
    }
  }

  /** Waits for the next group; it is empty if the queue was closed. */
  private synchronized List<Append> take() {
    while (!closed && (waiting.isEmpty() || !(wanted || isGroup()))) {
      try {
        wait();
      } catch (InterruptedException e) {
        // Nobody has the thread who could mean that.
      }
    }
    List<Append> group = waiting;
    waiting = new ArrayList<>();
    bytes = 0;
    wanted = false;
    running = !group.isEmpty();
    notifyAll();
    return group;
  }

  private synchronized void done(@Nullable Throwable failed) {
    running = false;
    if (failed != null) {
      failure = failed;
      waiting.clear();
      bytes = 0;
    }
    notifyAll();
  }
}
