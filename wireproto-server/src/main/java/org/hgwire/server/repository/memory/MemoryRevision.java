// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository.memory;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.hgwire.core.command.Node;
import org.hgwire.server.repository.StoredDelta;
import org.hgwire.server.repository.StoredRevision;
import org.jspecify.annotations.Nullable;

/** A revision of a {@link MemoryRepository}. A changeset that introduces it again adds a link. */
final class MemoryRevision implements StoredRevision {
  private final Node node;
  private final Node parent1;
  private final Node parent2;
  private final RevisionContent text;
  private final @Nullable StoredDelta delta;
  private volatile int[] links;

  MemoryRevision(
      Node node,
      Node parent1,
      Node parent2,
      RevisionContent text,
      @Nullable StoredDelta delta,
      int link) {
    this.node = node;
    this.parent1 = parent1;
    this.parent2 = parent2;
    this.text = text;
    this.delta = delta;
    this.links = new int[] {link};
  }

  /** Adds a link; the repository is locked. */
  void addLink(int changeset) {
    int[] before = links;
    if (before[before.length - 1] != changeset) {
      int[] after = Arrays.copyOf(before, before.length + 1);
      after[before.length] = changeset;
      links = after;
    }
  }

  RevisionContent text() {
    return text;
  }

  @Override
  public int firstLink() {
    return links[0];
  }

  @Override
  public Node node() {
    return node;
  }

  @Override
  public Node parent1() {
    return parent1;
  }

  @Override
  public Node parent2() {
    return parent2;
  }

  /**
   * Returns the links, also those that are newer than a snapshot; {@link MemoryRevisions} drops
   * them.
   */
  @Override
  public IntStream links() {
    return Arrays.stream(links);
  }

  @Override
  public long size() {
    return text.size();
  }

  @Override
  public InputStream open() throws IOException {
    return text.open();
  }

  @Override
  public @Nullable StoredDelta delta() {
    return delta;
  }
}
