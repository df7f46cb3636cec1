// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimit;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Phase;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tags of the heads that may be served: {@code .hgtags} of each, and never what Mercurial
 * keeps of it in {@code .hg/cache}.
 */
final class ServedTags {
  private static final ByteString FILE = ByteString.utf8(".hgtags");

  /** The shortest entry: a node, a space, a name of one byte, a line feed. */
  private static final int ENTRY = 2 * Node.BYTES + 3;

  private final ChangesetIndex index;
  private final RevlogStore manifests;
  private final int maxBytes;

  /**
   * Makes a reader.
   *
   * @param maxBytes the length of a {@code .hgtags}, and of the entries of all tags together
   */
  ServedTags(ChangesetIndex index, RevlogStore manifests, int maxBytes) {
    this.maxBytes = maxBytes;
    this.index = index;
    this.manifests = manifests;
  }

  /**
   * Reads the tags.
   *
   * @param files the revisions of files by path
   */
  Map<ByteString, Node> read(FileLogs files) throws IOException {
    RevlogStore log = files.file(FILE);
    if (log == null || log.isEmpty()) {
      return Map.of();
    }
    TagNames names = new TagNames();
    for (Node node : revisions()) {
      RevlogRevision revision = log.find(node);
      if (revision == null) {
        throw new StoreException(
            StoreException.Kind.DAMAGED,
            "the file .hgtags has no revision " + node + " in " + log.place());
      }
      requireSize(revision.size(), log);
      names.add(revision.text());
      requireSize((long) names.count() * ENTRY, log);
    }
    return names.tags();
  }

  private void requireSize(long bytes, RevlogStore log) throws StoreException {
    if (bytes > maxBytes) {
      throw new StoreException(
          StoreException.Kind.TOO_LARGE,
          "the tags in "
              + log.place()
              + " have "
              + bytes
              + " bytes, which exceeds the limit of "
              + maxBytes
              + " ("
              + WireLimit.MAX_STORED_NAMES
              + ")");
    }
  }

  /** Returns the revisions of the file in the heads, the newest head last, each once. */
  private List<Node> revisions() throws IOException {
    BitSet heads = heads();
    Set<Node> seenManifests = new HashSet<>();
    Set<Node> seen = new HashSet<>();
    List<Node> found = new ArrayList<>();
    for (int head = heads.length() - 1; head >= 0; head = heads.previousSetBit(head - 1)) {
      Node manifest = index.manifest(head);
      Node node = seenManifests.add(manifest) ? node(manifest) : null;
      if (node != null && seen.add(node)) {
        found.add(0, node);
      }
    }
    return found;
  }

  private @Nullable Node node(Node manifest) throws IOException {
    RevlogRevision revision = manifests.find(manifest);
    return revision == null ? null : new ManifestLines(manifest, revision.text()).find(FILE);
  }

  private BitSet heads() {
    int count = index.count();
    BitSet withheld = new BitSet();
    BitSet heads = new BitSet(count);
    for (int r = 0; r < count; r++) {
      int parent1 = index.parent1(r);
      int parent2 = index.parent2(r);
      if (index.phase(r) == Phase.SECRET
          || index.hidden(r)
          || has(withheld, parent1)
          || has(withheld, parent2)) {
        withheld.set(r);
      } else {
        heads.set(r);
        clear(heads, parent1);
        clear(heads, parent2);
      }
    }
    return heads;
  }

  private static boolean has(BitSet set, int revision) {
    return revision != ChangesetIndex.NONE && set.get(revision);
  }

  private static void clear(BitSet set, int revision) {
    if (revision != ChangesetIndex.NONE) {
      set.clear(revision);
    }
  }
}
