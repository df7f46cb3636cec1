// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository.memory;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.ComparableKeys;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Phase;
import org.hgwire.server.repository.DerivedFacts;
import org.hgwire.server.repository.StoreFiles;
import org.jspecify.annotations.Nullable;

/**
 * The content of a {@link MemoryRepository} at one moment. Immutable up to {@code count}: a later
 * state may share the arrays and use more of them.
 */
final class MemoryState {
  private static final int INITIAL_CAPACITY = 16;

  private final MemoryChangeset[] changesets;
  private final Phase[] phases;
  private final int count;
  private final long version;
  private final BitSet hidden;
  private final Map<ByteString, Node> bookmarks;
  private final @Nullable StoreFiles storeFiles;
  private final DerivedFacts derived = new DerivedFacts();

  private MemoryState(
      MemoryChangeset[] changesets,
      Phase[] phases,
      int count,
      long version,
      BitSet hidden,
      Map<ByteString, Node> bookmarks,
      @Nullable StoreFiles storeFiles) {
    this.changesets = changesets;
    this.phases = phases;
    this.count = count;
    this.version = version;
    this.hidden = hidden;
    this.bookmarks = bookmarks;
    this.storeFiles = storeFiles;
  }

  static MemoryState empty() {
    return new MemoryState(
        new MemoryChangeset[INITIAL_CAPACITY],
        new Phase[INITIAL_CAPACITY],
        0,
        0,
        new BitSet(),
        Map.of(),
        null);
  }

  MemoryState with(MemoryChangeset changeset, Phase phase) {
    boolean full = count == changesets.length;
    MemoryChangeset[] allChangesets = full ? Arrays.copyOf(changesets, count * 2) : changesets;
    Phase[] allPhases = full ? Arrays.copyOf(phases, count * 2) : phases;
    allChangesets[count] = changeset;
    allPhases[count] = phase;
    return new MemoryState(
        allChangesets, allPhases, count + 1, version + 1, hidden, bookmarks, storeFiles);
  }

  MemoryState with(Phase phase, BitSet of) {
    Phase[] changed = phases.clone();
    of.stream().forEach(revision -> changed[revision] = phase);
    return new MemoryState(changesets, changed, count, version + 1, hidden, bookmarks, storeFiles);
  }

  MemoryState withHidden(int revision) {
    BitSet changed = (BitSet) hidden.clone();
    changed.set(revision);
    return new MemoryState(changesets, phases, count, version + 1, changed, bookmarks, storeFiles);
  }

  MemoryState withBookmark(ByteString name, @Nullable Node node) {
    Map<ByteString, Node> changed = new HashMap<>(bookmarks);
    if (node == null) {
      changed.remove(name);
    } else {
      changed.put(name, node);
    }
    return new MemoryState(
        changesets, phases, count, version + 1, hidden, ComparableKeys.mapOf(changed), storeFiles);
  }

  MemoryState with(StoreFiles files) {
    return new MemoryState(changesets, phases, count, version + 1, hidden, bookmarks, files);
  }

  int count() {
    return count;
  }

  /** Returns the number of changes that led to this state. */
  long version() {
    return version;
  }

  MemoryChangeset changeset(int revision) {
    if (revision >= count) {
      throw new IndexOutOfBoundsException(
          "there are " + count + " changesets, none with the number " + revision);
    }
    return changesets[revision];
  }

  Phase phase(int revision) {
    changeset(revision);
    return phases[revision];
  }

  boolean hidden(int revision) {
    return hidden.get(revision);
  }

  Map<ByteString, Node> bookmarks() {
    return bookmarks;
  }

  DerivedFacts derived() {
    return derived;
  }

  @Nullable StoreFiles storeFiles() {
    return storeFiles;
  }
}
