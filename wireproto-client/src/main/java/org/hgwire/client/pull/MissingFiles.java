// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hgwire.client.bundle.BundleException;
import org.hgwire.client.bundle.BundleFault;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.waiting.FileRevisionList;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.ManifestFlag;
import org.hgwire.core.revision.ManifestText;

/**
 * The file revisions that incomplete changesets of a sink add and the sink lacks, as far as it has
 * their manifests. 32 to 46 bytes each, and 80 a changeset.
 */
final class MissingFiles {
  /** How many revisions are looked up in the sink at a time, so that each file is opened once. */
  private static final int MAX_LOOKUPS = 1 << 16;

  private static final int MAX_LOOKUP_BYTES = 8 << 20;

  private final PullSink sink;
  private final ManifestGroups groups = new ManifestGroups();

  /** The changesets without a manifest. */
  private final Set<Node> withoutManifest = new HashSet<>();

  private final FileRevisionList revisions = new FileRevisionList();

  /** By position, the group that adds the revision. */
  private int[] introducers = new int[64];

  /** By position, other groups that add it too. */
  private final Map<Integer, List<Integer>> others = new HashMap<>();

  private final BitSet received = new BitSet();

  private final List<Added> lookups = new ArrayList<>();
  private int lookupBytes;

  /** A file revision that a group adds. */
  private record Added(ByteString path, Node node, int group) {}

  /**
   * Reads the manifests.
   *
   * @throws BundleException if one of them is a tree
   */
  MissingFiles(PullSink sink, PullLimits limits) throws IOException {
    this.sink = sink;
    ChangesetManifests manifests = new ChangesetManifests(sink);
    AddedFiles added = new AddedFiles(sink, limits.comparisons());
    for (Node changeset : sink.incomplete()) {
      Node manifest = manifests.of(changeset);
      if (!manifest.isNull() && !sink.has(RevisionKey.manifest(manifest))) {
        withoutManifest.add(changeset);
        continue;
      }
      ManifestPair pair = added.pairOf(changeset);
      int group = groups.add(changeset, pair);
      if (group >= 0) {
        added.visit(pair, (own, entry) -> add(changeset, group, entry));
      }
    }
    lookUp();
  }

  private void add(Node changeset, int group, ManifestText.Cursor entry) throws IOException {
    if (entry.flag() == ManifestFlag.TREE) {
      throw new BundleException(
          BundleFault.UNSUPPORTED,
          "The manifest of changeset " + changeset + " is a tree, which is not supported.");
    }
    Added found = new Added(entry.path(), entry.node(), group);
    lookups.add(found);
    lookupBytes += found.path().length();
    if (lookups.size() == MAX_LOOKUPS || lookupBytes >= MAX_LOOKUP_BYTES) {
      lookUp();
    }
  }

  private void lookUp() throws IOException {
    lookups.sort(Comparator.comparing(Added::path));
    for (Added found : lookups) {
      if (!sink.has(RevisionKey.file(found.path(), found.node()))) {
        note(found);
      }
    }
    lookups.clear();
    lookupBytes = 0;
  }

  private void note(Added missing) {
    int before = revisions.count();
    int position = revisions.add(missing.path(), missing.node());
    if (position < before) {
      others.computeIfAbsent(position, none -> new ArrayList<>(1)).add(missing.group());
      return;
    }
    if (position == introducers.length) {
      introducers = Arrays.copyOf(introducers, introducers.length + introducers.length / 4);
    }
    introducers[position] = missing.group();
  }

  /** Returns how many are missing. */
  long count() {
    return (long) revisions.count() - received.cardinality();
  }

  /** Returns whether {@code file} is missing. */
  boolean contains(RevisionKey file) {
    int position = revisions.find(file.path(), file.node());
    return position >= 0 && !received.get(position);
  }

  /** Returns whether {@code changeset} adds {@code file}, which is missing. */
  boolean isAddedBy(RevisionKey file, Node changeset) {
    int position = revisions.find(file.path(), file.node());
    int group = groups.of(changeset);
    return position >= 0
        && group >= 0
        && (introducers[position] == group
            || others.getOrDefault(position, List.of()).contains(group));
  }

  /** Notes that the sink has {@code file} now. */
  void remove(RevisionKey file) {
    int position = revisions.find(file.path(), file.node());
    if (position >= 0) {
      received.set(position);
    }
  }

  /** Returns the changesets that lack their manifest or a file revision; the caller's set. */
  Set<Node> changesets() {
    BitSet lacking = new BitSet();
    int position = received.nextClearBit(0);
    while (position < revisions.count()) {
      lacking.set(introducers[position]);
      others.getOrDefault(position, List.of()).forEach(lacking::set);
      position = received.nextClearBit(position + 1);
    }
    Set<Node> found = new HashSet<>(withoutManifest);
    found.addAll(groups.changesets(lacking));
    return found;
  }
}
