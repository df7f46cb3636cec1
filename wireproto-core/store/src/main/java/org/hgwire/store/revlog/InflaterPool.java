// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.revlog;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Inflaters that are used again, as many as there are processors, for all revlogs of the process. A
 * new one costs more than most chunks. One that finds the pool full is closed.
 */
final class InflaterPool {
  private static final BlockingQueue<ChunkInflater> IDLE =
      new ArrayBlockingQueue<>(Runtime.getRuntime().availableProcessors());

  private InflaterPool() {}

  /** Returns an inflater that belongs to the caller until it is given back or closed. */
  static ChunkInflater take() {
    ChunkInflater idle = IDLE.poll();
    return idle == null ? new ChunkInflater() : idle;
  }

  /** Takes back an inflater. */
  static void giveBack(ChunkInflater inflater) {
    inflater.release();
    if (!IDLE.offer(inflater)) {
      inflater.close();
    }
  }
}
