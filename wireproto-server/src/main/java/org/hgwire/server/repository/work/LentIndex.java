// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository.work;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Phase;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.StoredRevision;
import org.jspecify.annotations.Nullable;

/**
 * The index of whichever snapshot is at hand, all of the same state: work that outlives a snapshot
 * looks at this one. Used by one thread at a time.
 */
final class LentIndex implements ChangesetIndex {
  private @Nullable ChangesetIndex lent;

  /** Sets the index to look at, or none. */
  void lend(@Nullable ChangesetIndex index) {
    lent = index;
  }

  private ChangesetIndex index() {
    return Objects.requireNonNull(lent, "no index is lent");
  }

  @Override
  public int count() {
    return index().count();
  }

  @Override
  public Node node(int revision) {
    return index().node(revision);
  }

  @Override
  public int revision(Node node) {
    return index().revision(node);
  }

  @Override
  public int parent1(int revision) {
    return index().parent1(revision);
  }

  @Override
  public int parent2(int revision) {
    return index().parent2(revision);
  }

  @Override
  public Phase phase(int revision) {
    return index().phase(revision);
  }

  @Override
  public boolean hidden(int revision) {
    return index().hidden(revision);
  }

  @Override
  public boolean everythingVisible() {
    return index().everythingVisible();
  }

  @Override
  public StoredRevision text(int revision) throws IOException {
    return index().text(revision);
  }

  @Override
  public Node manifest(int revision) throws IOException {
    return index().manifest(revision);
  }

  @Override
  public ByteString branch(int revision) throws IOException {
    return index().branch(revision);
  }

  @Override
  public boolean closesBranch(int revision) throws IOException {
    return index().closesBranch(revision);
  }

  @Override
  public List<ByteString> files(int revision) throws IOException {
    return index().files(revision);
  }
}
