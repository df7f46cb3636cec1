// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.Delta;
import org.hgwire.core.revision.NodeHasher;
import org.hgwire.store.testing.ChunkForm;
import org.hgwire.store.testing.RevlogWriter;

/**
 * A repository with a linear history, whose revlogs can be changed at will before they are written.
 */
final class CraftedStore {
  private static final String REQUIRES =
      "dotencode\nfncache\ngeneraldelta\nrevlogv1\nsparserevlog\nstore\n";

  final RevlogWriter changelog;
  final RevlogWriter manifests = RevlogWriter.inline();
  final Map<String, RevlogWriter> files = new TreeMap<>();

  private final Map<String, Node> tree = new TreeMap<>();

  /** Makes an empty one. */
  CraftedStore(RevlogWriter changelog) {
    this.changelog = changelog;
  }

  /** Makes one with {@code changesets} changesets, each of which changes the files a and b. */
  static CraftedStore ofChangesets(int changesets) {
    CraftedStore store = new CraftedStore(RevlogWriter.inline());
    for (int r = 0; r < changesets; r++) {
      store.write("a", "line\n".repeat(20) + "a" + r + "\n");
      store.write("b", "line\n".repeat(20) + "b" + r + "\n");
      store.commit("0 0", "a\nb\n");
    }
    return store;
  }

  /** Adds a revision of a file to the next changeset. */
  void write(String file, String text) {
    RevlogWriter log = files.computeIfAbsent(file, unused -> RevlogWriter.inline());
    log.add(ByteString.utf8(text), ChunkForm.ZLIB, log.count() - 1);
    log.change(log.count() - 1, entry -> entry.withLink(changelog.count()));
    tree.put(file, log.entry(log.count() - 1).node());
  }

  /** Adds a file to the next manifest that has no log. */
  void name(String file, Node node) {
    tree.put(file, node);
  }

  /**
   * Adds a changeset.
   *
   * @param time the line with the time, and the extras
   * @param listed the lines with the paths
   */
  void commit(String time, String listed) {
    StringBuilder lines = new StringBuilder();
    tree.forEach((file, node) -> lines.append(file + "\0" + node.hex() + "\n"));
    addManifest(ByteString.utf8(lines.toString()));
    manifests.change(manifests.count() - 1, entry -> entry.withLink(changelog.count()));
    commit(manifest(), time, listed);
  }

  /** Deltas of manifests replace whole lines. */
  private void addManifest(ByteString text) {
    int parent = manifests.count() - 1;
    Node parentNode = parent < 0 ? Node.NULL : manifest();
    ByteString content = parent < 0 ? text : Delta.betweenLines(manifests.text(parent), text);
    Node node = NodeHasher.of(parentNode, Node.NULL).update(text.asByteBuffer()).finish();
    manifests.addChunk(ChunkForm.ZLIB.encode(content), text, parent, parent, -1, node);
  }

  /** Adds a changeset with that manifest. */
  void commit(Node manifest, String time, String listed) {
    String text = manifest.hex() + "\nsomebody\n" + time + "\n" + listed + "\nmessage";
    changelog.add(ByteString.utf8(text), ChunkForm.ZLIB);
  }

  Node tip() {
    return changelog.entry(changelog.count() - 1).node();
  }

  Node manifest() {
    return manifests.entry(manifests.count() - 1).node();
  }

  RevlogWriter file(String name) {
    return Objects.requireNonNull(files.get(name));
  }

  /** Writes the repository. */
  void write(Path root) throws IOException {
    Path store = root.resolve(".hg/store");
    Files.createDirectories(store.resolve("data"));
    Files.writeString(root.resolve(".hg/requires"), REQUIRES);
    changelog.write(store.resolve("00changelog.i"));
    manifests.write(store.resolve("00manifest.i"));
    for (Map.Entry<String, RevlogWriter> file : files.entrySet()) {
      file.getValue()
          .write(store.resolve("data/" + file.getKey().replaceFirst("^\\.", "~2e") + ".i"));
    }
  }
}
