// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  /** By path and node, the changesets that add the revision. */
  private final Map<ByteString, Map<Node, List<Node>>> introducers = new HashMap<>();

  /** The changesets without a manifest. */
  private final Set<Node> withoutManifest = new HashSet<>();

  private long count;

  /**
   * Reads the manifests.
   *
   * @throws BundleException if one of them is a tree
   */
  MissingFiles(PullSink sink) throws IOException {
    this.sink = sink;
    ChangesetManifests manifests = new ChangesetManifests(sink);
    AddedFiles added = new AddedFiles(sink);
    for (Node changeset : sink.incomplete()) {
      Node manifest = manifests.of(changeset);
      if (manifest.isNull() || sink.has(RevisionKey.manifest(manifest))) {
        added.visit(changeset, (own, entry) -> add(changeset, entry));
      } else {
        withoutManifest.add(changeset);
      }
    }
  }

  private void add(Node changeset, ManifestText.Cursor entry) throws IOException {
    if (entry.flag() == ManifestFlag.TREE) {
      throw new BundleException(
          BundleFault.UNSUPPORTED,
          "The manifest of changeset " + changeset + " is a tree, which is not supported.");
    }
    ByteString path = entry.path();
    Node node = entry.node();
    if (sink.has(RevisionKey.file(path, node))) {
      return;
    }
    List<Node> before = introducers.computeIfAbsent(path, none -> new HashMap<>(2)).get(node);
    if (before == null) {
      introducers.get(path).put(node, List.of(changeset));
      count++;
    } else {
      List<Node> more = new ArrayList<>(before);
      more.add(changeset);
      introducers.get(path).put(node, more);
    }
  }

  /** Returns how many are missing. */
  long count() {
    return count;
  }

  /** Returns the changesets that add {@code file}; none if it is not missing. */
  List<Node> introducers(RevisionKey file) {
    return introducers.getOrDefault(file.path(), Map.of()).getOrDefault(file.node(), List.of());
  }

  /** Notes that the sink has {@code file} now. */
  void remove(RevisionKey file) {
    Map<Node, List<Node>> ofPath = introducers.get(file.path());
    if (ofPath != null && ofPath.remove(file.node()) != null) {
      count--;
      if (ofPath.isEmpty()) {
        introducers.remove(file.path());
      }
    }
  }

  /** Returns the changesets that lack their manifest or a file revision; the caller's set. */
  Set<Node> changesets() {
    Set<Node> lacking = new HashSet<>(withoutManifest);
    for (Map<Node, List<Node>> ofPath : introducers.values()) {
      ofPath.values().forEach(lacking::addAll);
    }
    return lacking;
  }
}
