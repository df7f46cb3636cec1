// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
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
 * their manifests. About 250 bytes each. Changesets add the same ones if they have the same
 * manifest and their parents do too: these are looked at once.
 */
final class MissingFiles {
  /** Changesets that add the same file revisions. */
  private record Adders(int number, Set<Node> changesets) {}

  private final PullSink sink;
  private final ChangesetManifests manifests;

  /** By the manifests of a changeset and its parents. */
  private final Map<ByteString, Adders> adders = new HashMap<>();

  /** By path and node, the changesets that add the revision. */
  private final Map<ByteString, Map<Node, List<Adders>>> missing = new HashMap<>();

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
    this.manifests = new ChangesetManifests(sink);
    AddedFiles added = new AddedFiles(sink);
    for (Node changeset : sink.incomplete()) {
      Node manifest = manifests.of(changeset);
      if (!manifest.isNull() && !sink.has(RevisionKey.manifest(manifest))) {
        withoutManifest.add(changeset);
        continue;
      }
      Adders same = addersLike(changeset, manifest);
      if (same.changesets().isEmpty()) {
        added.visit(changeset, (own, entry) -> add(same, changeset, entry));
      }
      same.changesets().add(changeset);
    }
  }

  private Adders addersLike(Node changeset, Node manifest) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(manifest.toByteArray());
    for (Node parent : sink.parents(changeset)) {
      all.writeBytes(manifests.of(parent).toByteArray());
    }
    return adders.computeIfAbsent(
        ByteString.copyOf(all.toByteArray()), key -> new Adders(adders.size(), new HashSet<>()));
  }

  private void add(Adders by, Node changeset, ManifestText.Cursor entry) throws IOException {
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
    Map<Node, List<Adders>> ofPath = missing.computeIfAbsent(path, none -> new HashMap<>(2));
    List<Adders> before = ofPath.get(node);
    if (before == null) {
      before = new ArrayList<>(1);
      ofPath.put(node, before);
      count++;
    }
    before.add(by);
  }

  /** Returns how many are missing. */
  long count() {
    return count;
  }

  /** Returns whether {@code file} is missing. */
  boolean has(RevisionKey file) {
    return !addersOf(file).isEmpty();
  }

  /** Returns whether {@code changeset} adds {@code file}, which is missing. */
  boolean isAddedBy(RevisionKey file, Node changeset) {
    return addersOf(file).stream().anyMatch(by -> by.changesets().contains(changeset));
  }

  private List<Adders> addersOf(RevisionKey file) {
    return missing.getOrDefault(file.path(), Map.of()).getOrDefault(file.node(), List.of());
  }

  /** Notes that the sink has {@code file} now. */
  void remove(RevisionKey file) {
    Map<Node, List<Adders>> ofPath = missing.get(file.path());
    if (ofPath != null && ofPath.remove(file.node()) != null) {
      count--;
      if (ofPath.isEmpty()) {
        missing.remove(file.path());
      }
    }
  }

  /** Returns the changesets that lack their manifest or a file revision; the caller's set. */
  Set<Node> changesets() {
    Set<Node> lacking = new HashSet<>(withoutManifest);
    BitSet seen = new BitSet();
    for (Map<Node, List<Adders>> ofPath : missing.values()) {
      for (List<Adders> ofFile : ofPath.values()) {
        for (Adders by : ofFile) {
          if (!seen.get(by.number())) {
            seen.set(by.number());
            lacking.addAll(by.changesets());
          }
        }
      }
    }
    return lacking;
  }
}
