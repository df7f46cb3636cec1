// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hgwire.client.bundle.BundleException;
import org.hgwire.client.bundle.BundleFault;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.ManifestFlag;
import org.hgwire.core.revision.ManifestText;

/**
 * The file revisions that incomplete changesets of a sink add and the sink lacks, as far as it has
 * their manifests. About 250 bytes each.
 */
final class MissingFiles {
  private final PullSink sink;

  /**
   * By path and node, the changesets that add the revision: one set, which its other files share,
   * for each pair of manifests that adds it.
   */
  private final Map<ByteString, Map<Node, List<Set<Node>>>> introducers = new HashMap<>();

  /** The changesets without a manifest. */
  private final Set<Node> withoutManifest = new HashSet<>();

  private long count;

  /**
   * Reads the manifests.
   *
   * @throws BundleException if one of them is a tree
   */
  MissingFiles(PullSink sink, PullLimits limits) throws IOException {
    this.sink = sink;
    ChangesetManifests manifests = new ChangesetManifests(sink);
    AddedFiles added = new AddedFiles(sink, limits.comparisons());
    Map<ManifestPair, Set<Node>> byPair = new LinkedHashMap<>();
    for (Node changeset : sink.incomplete()) {
      Node manifest = manifests.of(changeset);
      if (manifest.isNull() || sink.has(RevisionKey.manifest(manifest))) {
        byPair.computeIfAbsent(added.pairOf(changeset), none -> new TreeSet<>()).add(changeset);
      } else {
        withoutManifest.add(changeset);
      }
    }
    for (Map.Entry<ManifestPair, Set<Node>> each : byPair.entrySet()) {
      added.visit(each.getKey(), (own, entry) -> add(each.getValue(), entry));
    }
  }

  private void add(Set<Node> changesets, ManifestText.Cursor entry) throws IOException {
    if (entry.flag() == ManifestFlag.TREE) {
      throw new BundleException(
          BundleFault.UNSUPPORTED,
          "The manifest of changeset "
              + changesets.iterator().next()
              + " is a tree, which is not supported.");
    }
    ByteString path = entry.path();
    Node node = entry.node();
    if (sink.has(RevisionKey.file(path, node))) {
      return;
    }
    List<Set<Node>> before =
        introducers
            .computeIfAbsent(path, none -> new HashMap<>(2))
            .computeIfAbsent(node, none -> new ArrayList<>(1));
    count += before.isEmpty() ? 1 : 0;
    before.add(changesets);
  }

  /** Returns how many are missing. */
  long count() {
    return count;
  }

  /** Returns whether {@code file} is missing. */
  boolean contains(RevisionKey file) {
    return introducers.getOrDefault(file.path(), Map.of()).containsKey(file.node());
  }

  /** Returns whether {@code changeset} adds {@code file}, which is missing. */
  boolean isAddedBy(RevisionKey file, Node changeset) {
    return introducers
        .getOrDefault(file.path(), Map.of())
        .getOrDefault(file.node(), List.of())
        .stream()
        .anyMatch(changesets -> changesets.contains(changeset));
  }

  /** Notes that the sink has {@code file} now. */
  void remove(RevisionKey file) {
    Map<Node, List<Set<Node>>> ofPath = introducers.get(file.path());
    if (ofPath != null && ofPath.remove(file.node()) != null) {
      count--;
      if (ofPath.isEmpty()) {
        introducers.remove(file.path());
      }
    }
  }

  /** Returns the changesets that lack their manifest or a file revision; the caller's set. */
  Set<Node> changesets() {
    Set<Set<Node>> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Map<Node, List<Set<Node>>> ofPath : introducers.values()) {
      ofPath.values().forEach(distinct::addAll);
    }
    Set<Node> lacking = new HashSet<>(withoutManifest);
    distinct.forEach(lacking::addAll);
    return lacking;
  }
}
