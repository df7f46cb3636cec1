// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimit;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.NodeHasher;
import org.hgwire.store.StoreException;
import org.hgwire.store.revlog.Revlog;
import org.jspecify.annotations.Nullable;

/**
 * What the texts of the changesets say: each text is read when it is first asked for, and the
 * manifest and the branch are kept, in 8 bytes for each changeset.
 *
 * <p>A later state that has the same changesets and more continues with what is kept. Safe for use
 * by several threads.
 */
final class ChangesetTexts {
  private static final int SEGMENT_SHIFT = 12;
  private static final int SEGMENT = 1 << SEGMENT_SHIFT;

  private final @Nullable Revlog changelog;
  private final @Nullable Revlog manifests;

  /** For each changeset the number of its manifest + 1; 0 if it is not known. */
  private final AtomicIntegerArray[] manifestNumbers;

  /** For each changeset twice the number of its branch + 1, and 1 if it closes it; 0: not known. */
  private final AtomicIntegerArray[] branchNumbers;

  private final BranchNames names;
  private final StoreLimits limits;

  private ChangesetTexts(StoreLogs logs, @Nullable ChangesetTexts known, StoreLimits limits) {
    this.limits = limits;
    this.changelog = logs.changelog();
    this.manifests = logs.manifests();
    int count = changelog == null ? 0 : changelog.count();
    int segments = (count + SEGMENT - 1) >>> SEGMENT_SHIFT;
    manifestNumbers = grown(known == null ? null : known.manifestNumbers, segments);
    branchNumbers = grown(known == null ? null : known.branchNumbers, segments);
    names = known == null ? new BranchNames() : known.names;
  }

  private static AtomicIntegerArray[] grown(AtomicIntegerArray @Nullable [] known, int segments) {
    int kept = known == null ? 0 : known.length;
    AtomicIntegerArray[] grown =
        known == null ? new AtomicIntegerArray[segments] : Arrays.copyOf(known, segments);
    for (int i = kept; i < segments; i++) {
      grown[i] = new AtomicIntegerArray(SEGMENT);
    }
    return grown;
  }

  /**
   * Returns the texts of the changesets of {@code logs}.
   *
   * @param earlier a state that this one may continue, or null
   */
  static ChangesetTexts of(StoreLogs logs, @Nullable StoreState earlier, StoreLimits limits) {
    return new ChangesetTexts(
        logs, earlier != null && logs.continues(earlier.logs()) ? earlier.texts() : null, limits);
  }

  private ChangesetFields read(int revision) throws IOException {
    Revlog log = StoreLogs.present(changelog);
    ByteString text = log.text(revision);
    requireHash(log, revision, text);
    return new ChangesetFields(log, revision, text);
  }

  /** What is kept must not be that of another changeset, which a strip moved to this place. */
  private static void requireHash(Revlog log, int revision, ByteString text) throws StoreException {
    Node hash =
        NodeHasher.of(node(log, log.parent1(revision)), node(log, log.parent2(revision)))
            .update(text.asByteBuffer())
            .finish();
    if (!hash.equals(log.node(revision)) && log.flags(revision) == 0) {
      throw new StoreException(
          StoreException.Kind.DAMAGED,
          "the text of the changeset "
              + log.node(revision)
              + " in "
              + log.path()
              + " has the hash "
              + hash);
    }
  }

  private static Node node(Revlog log, int revision) {
    return revision == Revlog.NONE ? Node.NULL : log.node(revision);
  }

  /** Returns the paths that a changeset lists, in the order of its text. */
  List<ByteString> files(int revision) throws IOException {
    return read(revision).files(limits.maxListedFiles());
  }

  /** Returns the node of the manifest of a changeset. */
  Node manifest(int revision) throws IOException {
    int number = get(manifestNumbers, revision);
    return number != 0 ? StoreLogs.present(manifests).node(number - 1) : keep(revision).manifest();
  }

  /** Returns the branch of a changeset. */
  ByteString branch(int revision) throws IOException {
    ByteString name = names.get(get(branchNumbers, revision) >>> 1);
    return name != null ? name : keep(revision).branch();
  }

  /** Returns whether a changeset closes its branch. */
  boolean closesBranch(int revision) throws IOException {
    int number = get(branchNumbers, revision);
    return number != 0 ? (number & 1) != 0 : keep(revision).closesBranch();
  }

  private ChangesetFields keep(int revision) throws IOException {
    ChangesetFields fields = read(revision);
    int manifest = manifests == null ? Revlog.NONE : manifests.find(fields.manifest());
    set(manifestNumbers, revision, manifest + 1);
    int branch = names.number(fields.branch(), limits.maxNames());
    if (branch == 0) {
      throw new StoreException(
          StoreException.Kind.TOO_LARGE,
          "the names of the branches up to the changeset "
              + StoreLogs.present(changelog).node(revision)
              + " in "
              + StoreLogs.present(changelog).path()
              + " exceed the limit of "
              + limits.maxNames()
              + " bytes ("
              + WireLimit.MAX_STORED_NAMES
              + ")");
    }
    set(branchNumbers, revision, branch << 1 | (fields.closesBranch() ? 1 : 0));
    return fields;
  }

  private static int get(AtomicIntegerArray[] numbers, int revision) {
    return numbers[revision >>> SEGMENT_SHIFT].get(revision & (SEGMENT - 1));
  }

  private static void set(AtomicIntegerArray[] numbers, int revision, int value) {
    numbers[revision >>> SEGMENT_SHIFT].set(revision & (SEGMENT - 1), value);
  }

  /** The branches, numbered from 1. */
  private static final class BranchNames {
    /** What a name takes besides its bytes. */
    private static final int OVERHEAD = 64;

    private final Map<ByteString, Integer> numbers = new HashMap<>();
    private volatile ByteString[] names = {ByteString.empty()};
    private long bytes;

    /** Returns the name of a branch, or null if the number is 0. */
    @Nullable ByteString get(int number) {
      return number == 0 ? null : names[number];
    }

    /** Returns the number of a branch, or 0 if the names would have more than {@code max} bytes. */
    synchronized int number(ByteString name, long max) {
      Integer known = numbers.get(name);
      if (known != null) {
        return known;
      }
      int number = numbers.size() + 1;
      if (bytes + name.length() + OVERHEAD > max) {
        return 0;
      }
      bytes += name.length() + OVERHEAD;
      ByteString[] grown = number < names.length ? names : Arrays.copyOf(names, 2 * names.length);
      grown[number] = name;
      names = grown;
      numbers.put(name, number);
      return number;
    }
  }
}
