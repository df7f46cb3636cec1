// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.hgwire.core.revision.ChangesetText;
import org.hgwire.core.revision.NodeHasher;
import org.hgwire.store.revlog.NewRevision;
import org.hgwire.store.revlog.NewRevision.KnownDelta;
import org.hgwire.store.revlog.RevlogAppender;
import org.hgwire.store.revlog.RevlogLimits;
import org.hgwire.store.write.RepositoryWriter;
import org.hgwire.store.write.StoreTransaction;
import org.jspecify.annotations.Nullable;

/**
 * Writes a repository with as many changesets as wanted, always the same: {@value #SLOTS} files at
 * a time, seven file revisions a changeset, and a branch that is merged in every hundred
 * changesets. One file in a hundred that a changeset touches gives way to a new one.
 */
final class SyntheticHistory {
  private static final int SLOTS = 400;

  /** What a branch touches; the main line touches what is before. */
  private static final int SLOTS_OF_BRANCH = 300;

  private static final int TOUCHED = 7;
  private static final int LINES = 24;
  private static final int CYCLE = 100;
  private static final int BRANCH_BEGINS = 20;
  private static final int BRANCH_ENDS = 60;
  private static final int BATCH = 5_000;

  private final int changesets;
  private final Random random = new Random(1);
  private final SortedMap<ByteString, List<NewRevision>> revisions = new TreeMap<>();
  private final SyntheticTree main = new SyntheticTree(SLOTS);
  private SyntheticTree branch = main;
  private long files;
  private long written;

  private SyntheticHistory(int changesets) {
    this.changesets = changesets;
  }

  /** Writes the repository and says how many file revisions it has. */
  static void run(Path directory, int changesets) throws IOException {
    new SyntheticHistory(changesets).write(directory);
  }

  private void write(Path directory) throws IOException {
    try (RepositoryWriter writer =
        RepositoryWriter.create(directory, null, RevlogLimits.defaults())) {
      for (int first = 0; first < changesets; first += BATCH) {
        try (StoreTransaction transaction = writer.begin(Duration.ZERO)) {
          int end = Math.min(changesets, first + BATCH);
          for (int number = first; number < end; number++) {
            add(transaction, number);
          }
          writeFiles(transaction);
          transaction.commit();
        }
      }
    }
    System.out.printf("%d changesets, %d file revisions of %d files%n", changesets, written, files);
  }

  private void add(StoreTransaction transaction, int number) throws IOException {
    int ofCycle = number % CYCLE;
    if (ofCycle == BRANCH_BEGINS) {
      branch = main.branch();
    }
    boolean onBranch = ofCycle > BRANCH_BEGINS && ofCycle < BRANCH_ENDS && ofCycle % 2 == 1;
    boolean merges = ofCycle == BRANCH_ENDS && branch != main;
    SyntheticTree tree = onBranch ? branch : main;
    Parents manifests = parents(tree.manifestNode(), merges ? branch.manifestNode() : Node.NULL);
    Parents parents = parents(tree.changeset(), merges ? branch.changeset() : Node.NULL);
    byte[] before = tree.manifest();
    if (merges) {
      tree.merge(branch, SLOTS_OF_BRANCH);
    }
    List<ByteString> names = new ArrayList<>();
    if (number == 0) {
      for (int slot = 0; slot < SLOTS; slot++) {
        names.add(create(tree, slot, number));
      }
    } else {
      int from = onBranch ? SLOTS_OF_BRANCH : 0;
      int to = onBranch ? SLOTS : SLOTS_OF_BRANCH;
      // Each slot at most once: the steps are within a seventh of them.
      int step = (to - from) / TOUCHED;
      for (int i = 0; i < TOUCHED; i++) {
        touch(tree, from + i * step + random.nextInt(step), number, names);
      }
    }
    byte[] manifest = tree.manifest();
    Node manifestNode = NodeHasher.hash(manifests, ByteString.copyOf(manifest));
    transaction
        .manifests()
        .append(
            revision(
                manifestNode,
                manifests,
                number,
                manifest,
                number == 0
                    ? null
                    : new KnownDelta(manifests.first(), tree.manifestDelta(before))));
    ByteString text =
        new ChangesetText(
                manifestNode,
                ByteString.utf8("Synthetic <synthetic@example.org>"),
                600L * number,
                0,
                Map.of(),
                names,
                ByteString.utf8("Change number " + number))
            .sorted()
            .format();
    Node node = NodeHasher.hash(parents, text);
    transaction.changelog().append(revision(node, parents, number, text.toByteArray(), null));
    tree.committed(manifestNode, node);
  }

  private static Parents parents(Node first, Node second) {
    return new Parents(first, second);
  }

  private void touch(SyntheticTree tree, int slot, int number, List<ByteString> names) {
    ByteString path = tree.path(slot);
    names.add(path);
    if (random.nextInt(100) == 0) {
      names.add(create(tree, slot, number));
      return;
    }
    byte[] text = tree.text(slot).clone();
    int at = random.nextInt(LINES) * SyntheticTree.LINE;
    System.arraycopy(line(), 0, text, at, SyntheticTree.LINE);
    ByteBuffer delta = ByteBuffer.allocate(12 + SyntheticTree.LINE);
    delta.putInt(at).putInt(at + SyntheticTree.LINE).putInt(SyntheticTree.LINE);
    delta.put(text, at, SyntheticTree.LINE).flip();
    Parents parents = Parents.of(tree.node(slot));
    KnownDelta known = new KnownDelta(tree.node(slot), delta);
    keep(tree, slot, path.utf8(), text, parents, number, known);
  }

  private ByteString create(SyntheticTree tree, int slot, int number) {
    String name = SyntheticTree.name(slot, files++);
    ByteBuffer text = ByteBuffer.allocate(LINES * SyntheticTree.LINE);
    while (text.hasRemaining()) {
      text.put(line());
    }
    keep(tree, slot, name, text.array(), Parents.NONE, number, null);
    return ByteString.utf8(name);
  }

  private byte[] line() {
    return String.format("%016x%015x%n", random.nextLong(), random.nextLong() >>> 4)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private void keep(
      SyntheticTree tree,
      int slot,
      String name,
      byte[] text,
      Parents parents,
      int number,
      @Nullable KnownDelta delta) {
    Node node = NodeHasher.hash(parents, ByteString.copyOf(text));
    tree.put(slot, name, text, node);
    revisions
        .computeIfAbsent(ByteString.utf8(name), none -> new ArrayList<>())
        .add(revision(node, parents, number, text, delta));
    written++;
  }

  private static NewRevision revision(
      Node node, Parents parents, int number, byte[] text, @Nullable KnownDelta delta) {
    return new NewRevision(
        node, parents.first(), parents.second(), number, 0, ByteBuffer.wrap(text), delta);
  }

  private void writeFiles(StoreTransaction transaction) throws IOException {
    for (Map.Entry<ByteString, List<NewRevision>> file : revisions.entrySet()) {
      try (RevlogAppender log = transaction.fileLog(file.getKey())) {
        for (NewRevision revision : file.getValue()) {
          log.append(revision);
        }
      }
    }
    revisions.clear();
  }
}
