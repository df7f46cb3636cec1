// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.version1;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.hgwire.conformance.version1.BundleContent.Group;
import org.hgwire.conformance.version1.BundleContent.Part;
import org.hgwire.conformance.version1.BundleContent.Revision;
import org.hgwire.core.ByteString;
import org.hgwire.core.bundle.DeltaHeader;
import org.hgwire.core.bundle.Segment;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.Delta;
import org.hgwire.core.revision.NodeHasher;

/**
 * What a client has after several pulls. Each changegroup that is added has to be whole: every text
 * has the hash of its node, and what a changeset and its manifest name is there.
 */
final class PulledHistory {
  private static final int MAX_TEXT = 1 << 24;
  private static final int HEX = 2 * Node.BYTES;

  private record Key(Segment segment, ByteString path, Node node) {}

  private final Map<Key, ByteString> texts = new HashMap<>();
  private final Set<Node> changesets = new HashSet<>();
  private final Set<Node> heads = new HashSet<>();

  /** Returns the changesets without children. */
  List<Node> heads() {
    return List.copyOf(heads);
  }

  int size() {
    return changesets.size();
  }

  /** Adds the revisions of a changegroup, which are as many changesets as it declares. */
  void add(Part part) {
    List<Node> added = new ArrayList<>();
    for (Group group : part.groups()) {
      for (Revision revision : group.revisions()) {
        DeltaHeader header = revision.header();
        ByteString text = text(group, revision);
        assertThat(NodeHasher.hash(header.parents(), text)).isEqualTo(header.node());
        texts.put(new Key(group.segment(), group.path(), header.node()), text);
        if (group.segment() == Segment.CHANGESETS) {
          assertThat(changesets).containsAll(header.parents().present());
          heads.removeAll(header.parents().present());
          added.add(header.node());
          changesets.add(header.node());
          heads.add(header.node());
        } else {
          assertThat(changesets).contains(header.link());
        }
      }
    }
    assertThat(part.parameters().get("(nbchanges)")).isEqualTo(Integer.toString(added.size()));
    added.forEach(this::requireWhole);
  }

  private ByteString text(Group group, Revision revision) {
    Node base = revision.header().base();
    ByteString text =
        base.isNull()
            ? ByteString.empty()
            : texts.get(new Key(group.segment(), group.path(), base));
    assertThat(text).as("base %s of a delta of %s", base.hex(), group.path()).isNotNull();
    return ByteString.copyOf(
        Delta.apply(text.asByteBuffer(), revision.delta().asByteBuffer(), MAX_TEXT));
  }

  private void requireWhole(Node changeset) {
    Key key = new Key(Segment.CHANGESETS, ByteString.empty(), changeset);
    String text = Objects.requireNonNull(texts.get(key)).utf8();
    Node manifest = Node.fromHex(text.substring(0, HEX));
    ByteString lines =
        manifest.isNull()
            ? ByteString.empty()
            : texts.get(new Key(Segment.MANIFESTS, ByteString.empty(), manifest));
    assertThat(lines).as("manifest of %s", changeset).isNotNull();
    lines
        .utf8()
        .lines()
        .forEach(
            line -> {
              int zero = line.indexOf('\0');
              ByteString path = ByteString.utf8(line.substring(0, zero));
              Node node = Node.fromHex(line.substring(zero + 1, zero + 1 + HEX));
              assertThat(texts)
                  .as("%s of %s", path, changeset)
                  .containsKey(new Key(Segment.FILES, path, node));
              assertThat(path.utf8()).doesNotContain("secret");
            });
  }
}
