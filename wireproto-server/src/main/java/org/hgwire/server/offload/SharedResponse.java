// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.offload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import org.hgwire.core.ByteString;
import org.hgwire.redirects.contentstore.ContentDescription;
import org.hgwire.server.CacheableCall;
import org.hgwire.server.EncodedObjects;
import org.jspecify.annotations.Nullable;

/**
 * A response that several clients get while it is made: one running command, one private file.
 *
 * <p>Theory of operation: every reader, the first among them, reads from the file. One that is at
 * its end takes the turn and advances the command by a piece, which goes into the file; who is
 * further back does not notice. So no reader waits for a client, its own or another's, but only for
 * the command; and a reader that never comes back costs nothing. States: RUNNING → COMPLETE (the
 * command ended) | FAILED (all readers fail alike, after what was written) | BEYOND (too long to be
 * kept: who found out goes on with the command, the others run it again) | ABANDONED (the last
 * reader left).
 */
final class SharedResponse {
  /** Who has to know what becomes of it; called by whoever has the turn. */
  interface Owner {
    /** The response is whole; its file is kept or deleted. Returns whether it is kept. */
    boolean completed(SharedResponse response, ContentDescription content);

    /** Nobody can join any more. */
    void ended(SharedResponse response, boolean isTooLong);

    /** The response is kept; called after the turn. */
    void publish(ContentDescription content);
  }

  /** What a reader finds at the end of what it has read. */
  enum Progress {
    /** There is more in the file. */
    MORE,
    /** That was all. */
    END,
    /** There is more, but not in the file. */
    BEYOND
  }

  private enum State {
    RUNNING,
    COMPLETE,
    FAILED,
    BEYOND,
    ABANDONED
  }

  private final ByteString key;
  private final CacheableCall call;
  private final StateWatch watch;
  private final ResponseFile file;
  private final Owner owner;
  private final ReentrantLock turn = new ReentrantLock();
  private final Object members = new Object();
  private int readers;
  private boolean closedToNew;

  private State state = State.RUNNING;
  private @Nullable EncodedObjects source;
  private @Nullable EncodedObjects beyond;
  private @Nullable Exception failure;

  SharedResponse(
      ByteString key, CacheableCall call, StateWatch watch, ResponseFile file, Owner owner) {
    this.key = key;
    this.call = call;
    this.watch = watch;
    this.file = file;
    this.owner = owner;
  }

  ByteString key() {
    return key;
  }

  ResponseFile file() {
    return file;
  }

  /** Returns whether the response is that of the state under whose id it was asked for. */
  boolean ofOneState() {
    return !watch.changed();
  }

  /** Returns a new reader, or null if it is too late for one. */
  @Nullable SharedReader join() throws IOException {
    synchronized (members) {
      if (closedToNew || watch.changed()) {
        return null;
      }
      SharedReader reader = new SharedReader(this, file.openReader());
      readers++;
      return reader;
    }
  }

  /** One reader leaves; the last one takes the command along. */
  void leave() {
    synchronized (members) {
      readers--;
      if (readers > 0) {
        return;
      }
      closedToNew = true;
    }
    turn.lock();
    try {
      if (state == State.RUNNING) {
        end(State.ABANDONED);
        file.delete();
      }
      EncodedObjects unclaimed = beyond;
      beyond = null;
      if (unclaimed != null) {
        unclaimed.close();
      }
    } finally {
      turn.unlock();
    }
  }

  /**
   * Looks for more than the first {@code position} bytes, and makes them if nobody else does.
   *
   * @throws IOException as the command threw it, as are the runtime exceptions
   */
  Progress after(long position) throws IOException {
    ContentDescription content = null;
    turn.lock();
    try {
      while (state == State.RUNNING && file.written() == position) {
        content = advance();
      }
      if (file.written() > position) {
        return Progress.MORE;
      }
      rethrow();
    } finally {
      turn.unlock();
    }
    if (content != null) {
      owner.publish(content);
    }
    return state == State.COMPLETE ? Progress.END : Progress.BEYOND;
  }

  /** Returns what follows the file, for a reader that has read all of it. */
  EncodedObjects beyond() throws IOException {
    turn.lock();
    try {
      EncodedObjects rest = beyond;
      beyond = null;
      if (rest != null) {
        return rest;
      }
    } finally {
      turn.unlock();
    }
    StateWatch again = watch.again();
    EncodedObjects repeated = call.run(again);
    if (watch.changed() || again.changed()) {
      repeated.close();
      throw new IOException("the repository changed while a long response was given out");
    }
    return new RepeatedObjects(repeated, file.written());
  }

  private @Nullable ContentDescription advance() {
    try {
      EncodedObjects running = source;
      if (running == null) {
        running = call.run(watch);
        source = running;
      }
      ByteBuffer piece = running.next();
      if (piece == null) {
        return complete();
      }
      if (!file.append(piece)) {
        goBeyond(piece, running);
      }
    } catch (IOException | RuntimeException fault) {
      failure = fault;
      end(State.FAILED);
      file.delete();
    }
    return null;
  }

  private @Nullable ContentDescription complete() {
    ContentDescription content = file.finish();
    boolean kept;
    // The file moves: who joins has it open before, or finds the response among the kept ones.
    synchronized (members) {
      kept = owner.completed(this, content);
      closedToNew = true;
    }
    end(State.COMPLETE);
    return kept ? content : null;
  }

  private void goBeyond(ByteBuffer piece, EncodedObjects running) {
    beyond = new RemainingObjects(piece, running);
    source = null;
    end(State.BEYOND);
    file.delete();
  }

  private void end(State outcome) {
    state = outcome;
    synchronized (members) {
      closedToNew = true;
    }
    EncodedObjects running = source;
    source = null;
    if (running != null) {
      running.close();
    }
    owner.ended(this, outcome == State.BEYOND);
  }

  private void rethrow() throws IOException {
    if (failure instanceof IOException io) {
      throw io;
    }
    if (failure instanceof RuntimeException runtime) {
      throw runtime;
    }
  }
}
