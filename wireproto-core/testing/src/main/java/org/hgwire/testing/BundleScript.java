// SPDX-License-Identifier: Apache-2.0
package org.hgwire.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hgwire.core.ByteString;
import org.hgwire.core.bundle.BundleCompression;
import org.hgwire.core.bundle.BundleEncoder;
import org.hgwire.core.bundle.Changegroup;
import org.hgwire.core.bundle.ChangegroupEncoder;
import org.hgwire.core.bundle.ChangegroupVersion;
import org.hgwire.core.bundle.DeltaHeader;
import org.hgwire.core.bundle.Segment;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.hgwire.core.revision.ChangesetText;
import org.hgwire.core.revision.Delta;
import org.hgwire.core.revision.ManifestFlag;
import org.hgwire.core.revision.ManifestText;
import org.hgwire.core.revision.NodeHasher;

/** Writes the changesets of a history in a row: all revlogs as chains of deltas. */
final class BundleScript {
  /** The form of a bundle. */
  record Format(boolean parts, BundleCompression compression, ChangegroupVersion version) {
    @Override
    public String toString() {
      return (parts ? "HG20 " : "HG10 ") + compression.code() + ", changegroup " + version.text();
    }
  }

  /** One revision that is to be written. */
  private record Revision(Node node, ByteString text, Node link) {}

  private final List<Revision> changesets = new ArrayList<>();
  private final List<Revision> manifests = new ArrayList<>();
  private final SortedMap<ByteString, List<Revision>> files = new TreeMap<>();

  private BundleScript(List<Map<String, ByteString>> history) {
    SortedMap<ByteString, Node> tracked = new TreeMap<>();
    for (int i = 0; i < history.size(); i++) {
      commit(i, history.get(i), tracked);
    }
  }

  static SampleBundle write(
      Format format, List<Map<String, ByteString>> history, Map<String, ByteString> parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (BundleEncoder bundle =
        format.parts()
            ? BundleEncoder.hg20(format.compression(), piece -> append(bytes, piece))
            : BundleEncoder.hg10(format.compression(), piece -> append(bytes, piece))) {
      if (format.parts()) {
        parts.forEach(
            (name, payload) -> bundle.part(name, Map.of(), Map.of(), payload.asByteBuffer()));
      }
      new BundleScript(history).write(bundle.changegroup(Changegroup.of(format.version())));
      bundle.end();
    }
    return new SampleBundle(
        format + ", " + history.size() + " changesets",
        history.size(),
        ByteString.copyOf(bytes.toByteArray()));
  }

  static ByteString changegroup(ChangegroupVersion version, List<Map<String, ByteString>> history) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new BundleScript(history).write(new ChangegroupEncoder(version, piece -> append(bytes, piece)));
    return ByteString.copyOf(bytes.toByteArray());
  }

  private static void append(ByteArrayOutputStream bytes, ByteBuffer piece) {
    bytes.writeBytes(ByteString.copyOf(piece).toByteArray());
  }

  /** Adds a changeset; the link of what comes with it is known only when all is hashed. */
  private void commit(
      int index, Map<String, ByteString> changes, SortedMap<ByteString, Node> tracked) {
    Map<ByteString, ByteString> contents = new TreeMap<>();
    changes.forEach((path, content) -> contents.put(ByteString.utf8(path), content));
    contents.forEach(
        (path, content) -> tracked.put(path, hash(files.getOrDefault(path, List.of()), content)));
    ManifestText.Builder manifest = ManifestText.builder();
    tracked.forEach((path, node) -> manifest.add(path, node, ManifestFlag.FILE));
    ByteString manifestText = manifest.build();
    Node manifestNode = hash(manifests, manifestText);
    ByteString text =
        new ChangesetText(
                manifestNode,
                ByteString.utf8("tester"),
                index,
                0,
                new LinkedHashMap<>(),
                List.copyOf(contents.keySet()),
                ByteString.utf8("change " + index))
            .format();
    Node link = hash(changesets, text);
    changesets.add(new Revision(link, text, link));
    manifests.add(new Revision(manifestNode, manifestText, link));
    contents.forEach(
        (path, content) ->
            files
                .computeIfAbsent(path, of -> new ArrayList<>())
                .add(new Revision(tracked.getOrDefault(path, Node.NULL), content, link)));
  }

  private static Node hash(List<Revision> before, ByteString text) {
    return NodeHasher.hash(Parents.of(last(before)), text);
  }

  private static Node last(List<Revision> revisions) {
    return revisions.isEmpty() ? Node.NULL : revisions.get(revisions.size() - 1).node();
  }

  private void write(ChangegroupEncoder changegroup) {
    writeGroup(changegroup, Segment.CHANGESETS, ByteString.empty(), changesets);
    writeGroup(changegroup, Segment.MANIFESTS, ByteString.empty(), manifests);
    files.forEach((path, revisions) -> writeGroup(changegroup, Segment.FILES, path, revisions));
    changegroup.end();
  }

  private static void writeGroup(
      ChangegroupEncoder changegroup, Segment segment, ByteString path, List<Revision> revisions) {
    changegroup.startGroup(segment, path);
    Node previous = Node.NULL;
    ByteString base = ByteString.empty();
    for (Revision revision : revisions) {
      changegroup.revision(
          new DeltaHeader(revision.node(), Parents.of(previous), previous, revision.link(), 0),
          Delta.between(base, revision.text()).asByteBuffer());
      previous = revision.node();
      base = revision.text();
    }
    changegroup.endGroup();
  }
}
