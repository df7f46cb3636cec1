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
 * A response that several clients read while it is produced: one running command, one private file.
 *
 * <p>Theory of operation: every reader, including the first, reads from the file. A reader that has
 * reached the end of the file takes the turn and advances the command by one piece, which is
 * appended to the file; readers further back are not affected. So a reader never waits for a
 * client, only for the command, and a reader that never returns costs nothing. States: RUNNING →
 * COMPLETE (the command ended) | FAILED (all readers fail with the same error, after what was
 * written) | BEYOND (too long to be kept: the reader with the turn continues with the command, the
 * others run it again) | ABANDONED (the last reader left).
 */
final class SharedResponse {
  /** The collection that the response belongs to; called by the reader that has the turn. */
  interface Owner {
    /** The response is complete; keeps or deletes its file. Returns whether it is kept. */
    boolean completed(SharedResponse response, ContentDescription content);

    /** No reader can join any more. */
    void ended(SharedResponse response, boolean isTooLong);

    /** The response is kept; called after the turn was released. */
    void publish(ContentDescription content);
  }

  /** What a reader finds after the bytes that it has read. */
  enum Progress {
    /** There is more in the file. */
    MORE,
    /** The command works, and has no bytes yet. */
    NOT_YET,
    /** The response ended. */
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

  /** Returns whether all of the response is from the state in its key. */
  boolean ofOneState() {
    return !watch.changed();
  }

  /** Returns a new reader, or null if it is too late to join. */
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

  /** Removes one reader; the last one ends the command. */
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
   * Looks for bytes after the first {@code position}: lets the command take one step if it has not
   * produced them, and waits while another reader does that.
   *
   * @throws IOException as thrown by the command, which may also throw runtime exceptions
   */
  Progress after(long position) throws IOException {
    ContentDescription content = null;
    turn.lock();
    try {
      if (state == State.RUNNING && file.written() == position) {
        content = advance();
      }
      if (file.written() > position) {
        return Progress.MORE;
      }
      if (state == State.RUNNING) {
        return Progress.NOT_YET;
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

  /** Returns the objects after those in the file, for a reader that has read all of it. */
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
      throw new IOException(
          "the repository changed while a long response was sent; the client has to repeat the"
              + " command");
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
    // The file is renamed here: a new reader has opened it before, or finds the kept response.
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
