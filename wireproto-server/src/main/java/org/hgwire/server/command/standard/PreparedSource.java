// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.hgwire.server.command.ObjectSource;
import org.hgwire.server.command.ResponseObject;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.work.Steps;
import org.hgwire.server.repository.work.Work;
import org.jspecify.annotations.Nullable;

/** A response that is prepared in turns, and then is that of another source. */
final class PreparedSource implements ObjectSource {
  private final RepositorySnapshot snapshot;
  private final Steps steps;
  private final boolean released;
  private final Work<ObjectSource> preparation;
  private @Nullable ObjectSource source;
  private boolean closed;

  /**
   * Makes the response.
   *
   * @param snapshot closed with this, or already when the response is prepared
   * @param released whether the response needs the snapshot no longer when it is prepared
   */
  PreparedSource(
      RepositorySnapshot snapshot, Steps steps, boolean released, Work<ObjectSource> preparation) {
    this.snapshot = snapshot;
    this.steps = steps;
    this.released = released;
    this.preparation = preparation;
  }

  @Override
  public @Nullable ResponseObject next() throws IOException {
    try {
      return read();
    } catch (IOException failure) {
      throw closed ? failure : snapshot.explain(failure);
    }
  }

  private @Nullable ResponseObject read() throws IOException {
    ObjectSource ready = source;
    if (ready == null) {
      steps.beginTurn();
      ready = preparation.advance(steps);
      if (ready == null) {
        return new ResponseObject.NotYet();
      }
      source = ready;
      preparation.close();
      if (released) {
        closeSnapshot();
      }
    }
    ResponseObject object = ready.next();
    if (object == null && !closed) {
      snapshot.verify();
    }
    return object;
  }

  private void closeSnapshot() throws IOException {
    if (!closed) {
      closed = true;
      snapshot.close();
    }
  }

  /** Closes all; a client that has its response cannot learn of a failure. */
  @Override
  public void close() {
    try {
      ObjectSource ready = source;
      if (ready == null) {
        preparation.close();
      } else {
        ready.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      release();
    }
  }

  private void release() {
    try {
      closeSnapshot();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
