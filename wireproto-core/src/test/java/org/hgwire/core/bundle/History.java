// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.bundle;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.Delta;
import org.hgwire.core.revision.NodeHasher;

/** Applies the content of a bundle and confirms every node. */
final class History implements Consumer<BundleEvent> {
  /** The content of a bundle is inconsistent. */
  static final class Mismatch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Mismatch(String message) {
      super(message);
    }
  }

  /** The texts, by segment and path, then by node. */
  final Map<String, Map<Node, ByteString>> texts = new TreeMap<>();

  final Set<Node> links = new HashSet<>();
  int revisions;
  long announced;
  private Segment segment = Segment.CHANGESETS;
  private ByteString path = ByteString.empty();
  private ByteArrayOutputStream pieces = new ByteArrayOutputStream();
  private DeltaHeader started =
      new DeltaHeader(Node.NULL, org.hgwire.core.command.Parents.NONE, Node.NULL, Node.NULL, 0);

  @Override
  public void accept(BundleEvent event) {
    if (event instanceof ChangegroupEvent.ChangegroupStarted start) {
      announced = start.changegroup().changesets().orElse(-1);
    } else if (event instanceof ChangegroupEvent.DeltaGroupStarted group) {
      segment = group.segment();
      path = group.path();
      texts.putIfAbsent(segment + " " + path, new HashMap<>());
    } else if (event instanceof ChangegroupEvent.RevisionRead read) {
      add(read.header(), read.delta());
    } else if (event instanceof ChangegroupEvent.RevisionStarted start) {
      started = start.header();
      pieces = new ByteArrayOutputStream();
    } else if (event instanceof ChangegroupEvent.DeltaRead read) {
      pieces.writeBytes(Bundles.bytesOf(read.data()));
    } else if (event instanceof ChangegroupEvent.RevisionEnded) {
      add(started, ByteBuffer.wrap(pieces.toByteArray()));
    }
  }

  private void add(DeltaHeader header, ByteBuffer delta) {
    Map<Node, ByteString> group = texts.get(segment + " " + path);
    if (group == null) {
      throw new Mismatch("no delta group");
    }
    ByteString base = header.base().isNull() ? ByteString.empty() : group.get(header.base());
    if (base == null) {
      throw new Mismatch("the base of " + header + " is unknown");
    }
    ByteString text = ByteString.copyOf(Delta.apply(base.asByteBuffer(), delta, Integer.MAX_VALUE));
    if (!NodeHasher.hash(header.parents(), text).equals(header.node())) {
      throw new Mismatch("the text of " + header + " is not what its node says");
    }
    group.put(header.node(), text);
    links.add(header.link());
    revisions++;
  }

  /** Confirms that every revision has a changeset and that files match the manifests. */
  void confirm() {
    if (!texts.getOrDefault("CHANGESETS ", Map.of()).keySet().containsAll(links)) {
      throw new Mismatch("a revision came with a changeset that is not there");
    }
    Set<String> named = new HashSet<>();
    texts.forEach(
        (key, group) -> {
          if (key.startsWith("MANIFESTS ") || key.startsWith("TREE_MANIFESTS ")) {
            String directory = key.substring(key.indexOf(' ') + 1);
            group.values().forEach(manifest -> nameAll(directory, manifest, named));
          }
        });
    Set<String> present = new HashSet<>();
    texts.forEach(
        (key, group) -> {
          if (key.startsWith("TREE_MANIFESTS ") || key.startsWith("FILES ")) {
            String of = key.substring(key.indexOf(' ') + 1);
            group.keySet().forEach(node -> present.add(of + " " + node));
          }
        });
    if (!present.equals(named)) {
      throw new Mismatch("the revisions of files are not those that the manifests name");
    }
  }

  private static void nameAll(String directory, ByteString manifest, Set<String> named) {
    int from = 0;
    while (from < manifest.length()) {
      int end = manifest.indexOf((byte) '\n', from);
      int zero = manifest.indexOf((byte) 0, from);
      ByteString name = manifest.substring(from, zero);
      String node = manifest.substring(zero + 1, zero + 41).utf8();
      boolean tree = end - zero == 42 && manifest.at(end - 1) == 't';
      named.add(directory + name + (tree ? "/ " : " ") + node);
      from = end + 1;
    }
  }
}
