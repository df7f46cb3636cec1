// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.waiting.NodeList;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.PathFilter;
import org.jspecify.annotations.Nullable;

/**
 * The manifests of incomplete changesets, and the file revisions that they name. About 80 bytes a
 * changeset, besides those of {@link NamedFiles}.
 *
 * <p>Theory of operation: if all file revisions are there that one manifest of the batch names, and
 * those that another one names and the first does not, then all are there that the other one names.
 * So it is enough to compare a manifest with any other of the batch, such as the base of the delta
 * that it was sent as, which is in memory at that time. Those that were not compared when they came
 * are compared with the manifests of the parents of their changeset, which are complete or in the
 * batch.
 *
 * <p>If the other manifest is of an earlier changeset, moreover, then the first manifest with a
 * file revision that the sink lacks is among those that are known to name it. Its changeset is the
 * first one that adds the revision: that is to which Mercurial links it.
 */
final class BatchManifests {
  private static final int NONE = -1;

  private final PullSink sink;
  private final PathFilter paths;
  private final NodeList changesets = new NodeList();
  private final NodeList manifests = new NodeList();
  private final NamedFiles files = new NamedFiles();
  private int[] manifestOf = new int[64];

  /** By manifest, the position of the first changeset that names it. */
  private int[] firstOf = new int[64];

  /** The manifests that were received, which can be compared with. */
  private final BitSet received = new BitSet();

  /** The manifests whose file revisions are known. */
  private final BitSet compared = new BitSet();

  /** Makes the batch of {@code changesets}, which {@code sink} has. */
  BatchManifests(PullSink sink, Iterable<Node> changesets) throws IOException {
    this(sink, changesets, PathFilter.everything());
  }

  /** Makes a batch of which only the file revisions of some paths count. */
  BatchManifests(PullSink sink, Iterable<Node> changesets, PathFilter paths) throws IOException {
    this.sink = sink;
    this.paths = paths;
    ChangesetManifests named = new ChangesetManifests(sink);
    for (Node changeset : changesets) {
      add(changeset, named.of(changeset));
    }
  }

  private void add(Node changeset, Node manifest) {
    int position = changesets.count();
    changesets.add(changeset);
    if (position == manifestOf.length) {
      manifestOf = Arrays.copyOf(manifestOf, position + position / 2);
    }
    manifestOf[position] = NONE;
    if (!manifest.isNull()) {
      int known = manifests.find(manifest);
      if (known < 0) {
        known = manifests.count();
        manifests.add(manifest);
        if (known == firstOf.length) {
          firstOf = Arrays.copyOf(firstOf, known + known / 2);
        }
        firstOf[known] = position;
      }
      manifestOf[position] = known;
    }
  }

  /** Returns the number of a manifest, or -1 if no changeset names it. */
  int number(Node manifest) {
    return manifests.find(manifest);
  }

  /** Returns the manifests that the sink lacks, in the order of the changesets. */
  List<Node> missing() throws IOException {
    List<Node> missing = new ArrayList<>();
    for (int number = 0; number < manifests.count(); number++) {
      Node manifest = manifests.get(number);
      if (!sink.has(RevisionKey.manifest(manifest))) {
        missing.add(manifest);
      }
    }
    return missing;
  }

  /** Returns whether a manifest was received whose number is lower than {@code number}. */
  boolean isReceivedBefore(Node manifest, int number) {
    int other = manifests.find(manifest);
    return other >= 0 && other < number && received.get(other);
  }

  /**
   * Notes that a manifest was received.
   *
   * @param wasCompared whether {@link #named} was called for all that it names and one of an
   *     earlier changeset, which was received before, does not
   */
  void received(int number, boolean wasCompared) {
    received.set(number);
    if (wasCompared) {
      compared.set(number);
    }
  }

  /** Notes that a manifest names a file revision, which counts if its path does. */
  void named(ByteString path, Node node, int number) {
    if (paths.matches(path)) {
      files.add(path, node, number);
    }
  }

  /**
   * Compares what was not compared.
   *
   * @return the file revisions that are named, and were not removed
   */
  NamedFiles files(AddedFiles added) throws IOException {
    for (int position = 0; position < changesets.count(); position++) {
      int number = manifestOf[position];
      if (number != NONE
          && !compared.get(number)
          && sink.has(RevisionKey.manifest(manifests.get(number)))) {
        added.visit(
            added.pairOf(changesets.get(position)),
            (own, entry) -> named(entry.path(), entry.node(), number));
        compared.set(number);
      }
    }
    return files;
  }

  /** Returns the first changeset with a manifest. */
  Node changesetOf(int number) {
    return changesets.get(firstOf[number]);
  }

  Node manifest(int number) {
    return manifests.get(number);
  }

  /**
   * Returns the changeset that introduces a file revision which the sink does not have: the first
   * one whose manifest names it. All manifests were received, and {@link #files} was called.
   *
   * @return null if no manifest names the revision, or it was removed
   */
  @Nullable Node introducing(RevisionKey file) {
    int number = files.manifestOf(file);
    return number < 0 ? null : changesetOf(number);
  }

  /** Returns whether the sink has all manifests, and the file revisions that they name. */
  boolean isComplete(AddedFiles added) throws IOException {
    if (!missing().isEmpty()) {
      return false;
    }
    boolean[] complete = {true};
    files(added).visit((file, manifest) -> complete[0] = complete[0] && sink.has(file));
    return complete[0];
  }
}
