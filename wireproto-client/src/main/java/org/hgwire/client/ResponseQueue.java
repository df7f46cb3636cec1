// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.hgwire.core.ByteBudget;
import org.hgwire.core.PeerText;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.hgwire.redirects.fetch.SpillFile;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one response that arrived and were not read yet: in memory up to a bound, beyond it
 * in a {@link SpillFile}. The thread that does the I/O adds, the reader of the response takes. Safe
 * for use by several threads; no method waits.
 */
final class ResponseQueue {
  /** What a buffer costs besides its bytes, so that many small frames are not free. */
  private static final int OVERHEAD = 64;

  /** How much is read from the file at once. */
  private static final int MAX_PIECE = 64 * 1024;

  private final String command;
  private final SpillOptions options;
  private final ByteBudget budget;
  private final ByteBudget disk;
  private final Deque<ByteBuffer> memory = new ArrayDeque<>();
  private long memoryCost;
  private @Nullable SpillFile spill;

  /** How much of {@link #disk} the file takes. */
  private long spilled;

  private boolean ended;
  private boolean closed;
  private @Nullable PeerException failure;
  private long pieces;
  private int generation;

  ResponseQueue(String command, SpillOptions options, ByteBudget budget, ByteBudget disk) {
    this.command = command;
    this.options = options;
    this.budget = budget;
    this.disk = disk;
  }

  /** Returns the name of the command. */
  String command() {
    return command;
  }

  /**
   * Adds a copy of {@code data}; drops it if the response was closed or has failed, and fails the
   * response if there is no room.
   */
  synchronized void add(ByteBuffer data) {
    pieces++;
    if (closed || failure != null || !data.hasRemaining()) {
      return;
    }
    long cost = (long) data.remaining() + OVERHEAD;
    boolean fits =
        (spill == null || spill.isEmpty())
            && memoryCost + cost <= options.bytesPerResponse()
            && budget.tryTake(cost);
    if (fits) {
      memoryCost += cost;
      memory.add(copy(data));
      return;
    }
    if (!disk.tryTake(data.remaining())) {
      failure =
          noRoom(
              "the unread data of this exchange exceeds the "
                  + options.bytesOnDisk()
                  + " bytes that its temporary files may have",
              "read the responses sooner, or allow more space");
      return;
    }
    spilled += data.remaining();
    try {
      spill(data);
    } catch (IOException e) {
      // The disk's fault, not the connection's: this response fails and is not retried.
      failure =
          noRoom(
              "a temporary file cannot be written ("
                  + PeerText.line(String.valueOf(e.getMessage()))
                  + ")",
              "make room, or name another directory");
    }
  }

  private void spill(ByteBuffer data) throws IOException {
    SpillFile file = spill;
    if (file == null) {
      file = SpillFile.create(options.directory());
      spill = file;
    }
    file.append(data);
    settle(file.length());
  }

  private PeerProtocolException noRoom(String what, String remedy) {
    return new PeerProtocolException(
        "The response to " + command + " cannot be stored: " + what + "; " + remedy + ".",
        WireProtocolException.request(WireErrorCode.LIMIT, what));
  }

  private static ByteBuffer copy(ByteBuffer data) {
    return ByteBuffer.allocate(data.remaining()).put(data).flip();
  }

  /** Notes that the response is complete. */
  synchronized void end() {
    ended = true;
  }

  /** Notes that nothing more will arrive, and why. The first reason counts. */
  synchronized void fail(PeerException reason) {
    if (!ended && failure == null) {
      failure = reason;
    }
  }

  /** Returns whether {@link #take} has a result without further input. */
  synchronized boolean isReady() {
    return closed || ended || failure != null || hasBytes();
  }

  /** Returns whether no more input is needed: complete, failed or closed. */
  synchronized boolean isDone() {
    return closed || ended || failure != null;
  }

  /** Returns whether the reader closed the response. */
  synchronized boolean isClosed() {
    return closed;
  }

  /** Returns whether input is still expected and at most one piece arrived: the status map. */
  synchronized boolean isAwaitingFirstObject() {
    return !isDone() && pieces < 2;
  }

  /** Returns how often the response was restarted. */
  synchronized int generation() {
    return generation;
  }

  /** Drops what arrived, because the request is retried. */
  synchronized void restart() throws IOException {
    release();
    SpillFile file = spill;
    if (file != null) {
      file.clear();
      settle(0);
    }
    pieces = 0;
    ended = false;
    failure = null;
    generation++;
  }

  /**
   * Returns the next bytes, which belong to the caller, or null if there are none at the moment.
   *
   * @throws PeerException if the response failed and everything before the failure was taken
   */
  synchronized @Nullable ByteBuffer take() throws PeerException {
    ByteBuffer head = memory.poll();
    if (head != null) {
      long cost = (long) head.remaining() + OVERHEAD;
      memoryCost -= cost;
      budget.give(cost);
      return head;
    }
    SpillFile file = spill;
    if (file != null && !file.isEmpty()) {
      try {
        return next(file);
      } catch (IOException e) {
        throw new TransportException(
            "A temporary file of the command " + command + " cannot be read: " + e.getMessage(), e);
      }
    }
    if (failure != null) {
      throw failure.again();
    }
    return null;
  }

  private ByteBuffer next(SpillFile file) throws IOException {
    ByteBuffer piece = ByteBuffer.allocate((int) Math.min(MAX_PIECE, file.remaining()));
    file.read(piece);
    settle(file.length());
    return piece.flip();
  }

  /** Gives back to the budget what the file, now of this length, does not take any more. */
  private void settle(long length) {
    disk.give(spilled - length);
    spilled = length;
  }

  /** Returns whether the response is complete and all of it was taken. */
  synchronized boolean isExhausted() {
    return ended && !hasBytes();
  }

  private boolean hasBytes() {
    return !memory.isEmpty() || (spill != null && !spill.isEmpty());
  }

  /** Frees memory and file; what arrives later is dropped. */
  synchronized void close() {
    closed = true;
    release();
    SpillFile file = spill;
    spill = null;
    settle(0);
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        // The reader needs nothing more; the platform cleans up a file that cannot be closed.
        return;
      }
    }
  }

  private void release() {
    memory.clear();
    budget.give(memoryCost);
    memoryCost = 0;
  }
}
