// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository.work;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.hgwire.server.repository.ChangesetIndex;
import org.jspecify.annotations.Nullable;

/**
 * Work on the changesets of one state of a repository that is done once, by the requests that need
 * its result: whoever has its turn does the next steps, with its own index, so nobody waits for a
 * client that does not read. Steps count for the request that takes them. If one fails, the work
 * begins anew. Safe for use by several threads.
 *
 * @param <T> the result, which is shared: nobody changes it
 */
public final class SharedWork<T> {
  private final Work.Part<ChangesetIndex, Work<T>> maker;
  private final ReentrantLock turn = new ReentrantLock();
  private final LentIndex index = new LentIndex();
  private volatile @Nullable T result;

  /** What is left of the work, while some of it is done; used by who has the turn. */
  private @Nullable Work<T> left;

  /**
   * Describes the work.
   *
   * @param maker begins the work on an index
   */
  public SharedWork(Work.Part<ChangesetIndex, Work<T>> maker) {
    this.maker = maker;
  }

  /** Returns the work as a request does it whose snapshot has this index. */
  public Work<T> with(ChangesetIndex own) {
    T known = result;
    return known == null ? steps -> advance(own, steps) : Work.done(known);
  }

  private @Nullable T advance(ChangesetIndex own, Steps steps) throws IOException {
    T known = result;
    if (known == null && turn.tryLock()) {
      try {
        known = result == null ? advanceInTurn(own, steps) : result;
      } finally {
        turn.unlock();
      }
    }
    return known;
  }

  private @Nullable T advanceInTurn(ChangesetIndex own, Steps steps) throws IOException {
    index.lend(own);
    Work<T> work = left == null ? maker.of(index) : left;
    left = null;
    boolean unfinished = false;
    try {
      T found = work.advance(steps);
      result = found;
      unfinished = found == null;
      return found;
    } finally {
      index.lend(null);
      if (unfinished) {
        left = work;
      } else {
        work.close();
      }
    }
  }
}
