// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.version1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hgwire.conformance.mercurial.HgCommandServer;
import org.hgwire.conformance.version1.BundleContent.Group;
import org.hgwire.conformance.version1.BundleContent.Part;
import org.hgwire.conformance.version1.BundleContent.Revision;
import org.hgwire.core.ByteString;
import org.hgwire.core.bundle.DeltaHeader;
import org.hgwire.core.bundle.Segment;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.hgwire.core.revision.Delta;
import org.hgwire.core.revision.NodeHasher;
import org.jspecify.annotations.Nullable;

/**
 * All revisions of a repository, from a bundle of everything: what other bundles are held against.
 */
public final class KnownRevisions {
  private static final int MAX_TEXT = 1 << 24;

  private record Key(Segment segment, ByteString path, Node node) {}

  private final Map<Key, ByteString> texts = new HashMap<>();
  private final Map<Key, DeltaHeader> headers = new LinkedHashMap<>();
  private final Map<Node, DeltaHeader> changesets = new HashMap<>();

  /** Reads all revisions of a changegroup, and checks the hash of each. */
  KnownRevisions(Part everything) {
    for (Group group : everything.groups()) {
      for (Revision revision : group.revisions()) {
        DeltaHeader header = revision.header();
        ByteString text = apply(group, revision);
        assertThat(NodeHasher.hash(header.parents(), text)).isEqualTo(header.node());
        Key key = new Key(group.segment(), group.path(), header.node());
        texts.put(key, text);
        headers.put(key, header);
        if (group.segment() == Segment.CHANGESETS) {
          changesets.put(header.node(), header);
        }
      }
    }
  }

  /** Returns what the changesets of {@code revset} and their ancestors have. */
  public static KnownRevisions of(HgCommandServer hg, Path repository, String revset)
      throws IOException {
    Path file = Files.createTempFile("known", ".hg");
    try {
      String[] line = {"bundle", "-q", "--hidden", "-t", "none-v2", "--base", "null", "-r", revset};
      hg.run(
          repository,
          Stream.concat(Stream.of(line), Stream.of(file.toString())).toArray(String[]::new));
      ByteString bundle = ByteString.copyOf(Files.readAllBytes(file));
      return new KnownRevisions(BundleContent.of(bundle).parts("changegroup").get(0));
    } finally {
      Files.delete(file);
    }
  }

  private @Nullable Node link(Key key) {
    DeltaHeader header = headers.get(key);
    return header == null ? null : header.link();
  }

  /** Returns the nodes of a segment, or of a file, in the order of the repository. */
  public List<Node> nodes(Segment segment, ByteString path) {
    return headers.keySet().stream()
        .filter(key -> key.segment() == segment && key.path().equals(path))
        .map(Key::node)
        .toList();
  }

  /** Returns the path of each file. */
  public List<ByteString> paths() {
    return headers.keySet().stream()
        .filter(key -> key.segment() == Segment.FILES)
        .map(Key::path)
        .distinct()
        .toList();
  }

  /** Returns the text of a revision, or null if there is no such revision. */
  public @Nullable ByteString text(Segment segment, ByteString path, Node node) {
    return texts.get(new Key(segment, path, node));
  }

  /** Returns the parents of a revision that there is. */
  public Parents parents(Segment segment, ByteString path, Node node) {
    return Objects.requireNonNull(headers.get(new Key(segment, path, node))).parents();
  }

  private ByteString apply(Group group, Revision revision) {
    Node base = revision.header().base();
    ByteString text =
        base.isNull()
            ? ByteString.empty()
            : texts.get(new Key(group.segment(), group.path(), base));
    assertThat(text).as("base %s of a delta of %s", base.hex(), group.path()).isNotNull();
    return ByteString.copyOf(
        Delta.apply(text.asByteBuffer(), revision.delta().asByteBuffer(), MAX_TEXT));
  }

  /** Returns the number of changesets. */
  int changesets() {
    return changesets.size();
  }

  /**
   * Checks the deltas of a changegroup, and returns what is new in it: a line for each revision.
   *
   * @param common the changesets that the client has, with their ancestors
   */
  public Set<String> check(Part part, Collection<Node> common) {
    Set<Node> had = ancestors(common);
    Set<String> lines = new TreeSet<>();
    for (Group group : part.groups()) {
      Set<Node> sent = new HashSet<>();
      for (Revision revision : group.revisions()) {
        DeltaHeader header = revision.header();
        Key key = new Key(group.segment(), group.path(), header.node());
        assertThat(apply(group, revision)).as(key.toString()).isEqualTo(texts.get(key));
        assertThat(
                header.base().isNull()
                    || sent.contains(header.base())
                    || had.contains(link(new Key(group.segment(), group.path(), header.base()))))
            .as("the client has the base %s of %s", header.base().hex(), key)
            .isTrue();
        sent.add(header.node());
        if (group.segment() == Segment.CHANGESETS || !had.contains(link(key))) {
          assertThat(lines.add(line(group, header))).as("%s is sent once", key).isTrue();
        }
      }
    }
    return lines;
  }

  private static String line(Group group, DeltaHeader header) {
    return String.join(
        " ",
        group.segment().name(),
        group.path().toString(),
        header.node().hex(),
        header.parents().first().hex(),
        header.parents().second().hex(),
        header.link().hex(),
        Integer.toString(header.flags()));
  }

  /** Returns changesets with their ancestors, as far as they are known. */
  public Set<Node> ancestors(Collection<Node> heads) {
    Set<Node> seen = new HashSet<>();
    Deque<Node> waiting = new ArrayDeque<>(heads);
    while (!waiting.isEmpty()) {
      Node next = waiting.pop();
      DeltaHeader header = changesets.get(next);
      if (header != null && seen.add(next)) {
        waiting.addAll(header.parents().present());
      }
    }
    return seen;
  }
}
