// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.sink;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.hgwire.core.bundle.ObsolescenceMarker;
import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;

/**
 * A sink that forwards every call to another one. A subclass overrides what it wants to see, such
 * as {@link #accept} and {@link #changesetsCompleted} for an index, and calls {@code super} so that
 * the other sink keeps the revisions.
 *
 * <pre>{@code
 * final class Index extends ForwardingPullSink {
 *   private final ChangedPaths changedPaths = new ChangedPaths(this);
 *
 *   Index(Path directory) throws IOException {
 *     super(RepositorySink.open(directory));
 *   }
 *
 *   @Override
 *   public void changesetsCompleted(List<Node> changesets) throws IOException {
 *     for (Node changeset : changesets) {
 *       changedPaths.visit(changeset, change -> …);
 *     }
 *     super.changesetsCompleted(changesets);
 *   }
 * }
 * }</pre>
 */
public abstract class ForwardingPullSink implements PullSink {
  private final PullSink sink;

  /**
   * Makes the sink.
   *
   * @param sink where calls go; closed with this one
   */
  protected ForwardingPullSink(PullSink sink) {
    this.sink = sink;
  }

  @Override
  public boolean takes(RepositoryPart part) throws IOException {
    return sink.takes(part);
  }

  @Override
  public Collection<Node> heads() throws IOException {
    return sink.heads();
  }

  @Override
  public List<Node> parents(Node changeset) throws IOException {
    return sink.parents(changeset);
  }

  @Override
  public Iterable<Node> incomplete() throws IOException {
    return sink.incomplete();
  }

  @Override
  public boolean has(RevisionKey key) throws IOException {
    return sink.has(key);
  }

  @Override
  public @Nullable RevisionText open(RevisionKey key) throws IOException {
    return sink.open(key);
  }

  @Override
  public void accept(PulledRevision revision) throws IOException {
    sink.accept(revision);
  }

  @Override
  public void changesetsCompleted(List<Node> changesets) throws IOException {
    sink.changesetsCompleted(changesets);
  }

  @Override
  public boolean forgetIncomplete() throws IOException {
    return sink.forgetIncomplete();
  }

  @Override
  public void abandoned() throws IOException {
    sink.abandoned();
  }

  @Override
  public void markerReceived(ObsolescenceMarker marker) throws IOException {
    sink.markerReceived(marker);
  }

  @Override
  public void stateReceived(RepositoryState state) throws IOException {
    sink.stateReceived(state);
  }

  @Override
  public @Nullable RepositoryState state() throws IOException {
    return sink.state();
  }

  @Override
  public void close() throws IOException {
    sink.close();
  }
}
