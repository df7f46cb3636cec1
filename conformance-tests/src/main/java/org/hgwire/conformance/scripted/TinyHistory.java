// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.scripted;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.hgwire.core.revision.ChangesetText;
import org.hgwire.core.revision.ManifestFlag;
import org.hgwire.core.revision.ManifestText;

/**
 * What the scripted server serves: a root that adds two files, a changeset that changes one of
 * them, and a second head, on the root, that changes the other.
 */
final class TinyHistory {
  private static final String LICENSE = "docs/license";
  private static final String README = "readme";
  private static final int LINES = 40;

  private final List<Revision> changesets = new ArrayList<>();
  private final List<Revision> manifests = new ArrayList<>();
  private final Map<String, List<Revision>> files = new TreeMap<>();

  /** Makes the history; it is the same each time. */
  TinyHistory() {
    Revision license = addFile(LICENSE, Parents.NONE, 0, "as is\n");
    Revision readme = addFile(README, Parents.NONE, 0, "a line of the file\n".repeat(LINES));
    commit(Parents.NONE, Parents.NONE, "first", Map.of(LICENSE, license, README, readme));
    Revision changed =
        addFile(
            README,
            Parents.of(readme.node()),
            1,
            "another line\n" + "a line of the file\n".repeat(LINES));
    commit(
        Parents.of(changesets.get(0).node()),
        Parents.of(manifests.get(0).node()),
        "second: a line more",
        Map.of(LICENSE, license, README, changed));
    Revision other = addFile(LICENSE, Parents.of(license.node()), 2, "as is, and no more\n");
    commit(
        Parents.of(changesets.get(0).node()),
        Parents.of(manifests.get(0).node()),
        "third: another head",
        Map.of(LICENSE, other, README, readme));
  }

  private Revision addFile(String path, Parents parents, int link, String text) {
    Revision revision = Revision.of(parents, link, ByteString.utf8(text));
    files.computeIfAbsent(path, key -> new ArrayList<>()).add(revision);
    return revision;
  }

  private void commit(
      Parents parents, Parents manifestParents, String message, Map<String, Revision> tracked) {
    int number = changesets.size();
    ManifestText.Builder lines = ManifestText.builder();
    new TreeMap<>(tracked)
        .forEach((path, file) -> lines.add(ByteString.utf8(path), file.node(), ManifestFlag.FILE));
    Revision manifest = Revision.of(manifestParents, number, lines.build());
    manifests.add(manifest);
    List<ByteString> changed = new ArrayList<>();
    files.forEach(
        (path, revisions) -> {
          if (revisions.stream().anyMatch(file -> file.link() == number)) {
            changed.add(ByteString.utf8(path));
          }
        });
    ChangesetText text =
        new ChangesetText(
            manifest.node(),
            ByteString.utf8("Known User <known@example.com>"),
            86_400L * number,
            0,
            Map.of(),
            changed,
            ByteString.utf8(message));
    changesets.add(Revision.of(parents, number, text.format()));
  }

  /** Returns the changesets, ancestors first. */
  List<Revision> changesets() {
    return changesets;
  }

  /** Returns the manifests, one of each changeset. */
  List<Revision> manifests() {
    return manifests;
  }

  /** Returns the revisions of the files, by path. */
  Map<String, List<Revision>> files() {
    return files;
  }

  /** Returns the changesets without children. */
  List<Node> heads() {
    return changesets.stream()
        .map(Revision::node)
        .filter(node -> changesets.stream().noneMatch(next -> next.parents().first().equals(node)))
        .toList();
  }

  /** Returns the file revisions that a manifest names, by path. */
  Map<String, Node> tracked(int manifest) {
    Map<String, Node> tracked = new LinkedHashMap<>();
    ManifestText.Cursor lines = ManifestText.cursor(manifests.get(manifest).text());
    while (lines.next()) {
      tracked.put(lines.path().utf8(), lines.node());
    }
    return tracked;
  }

  /**
   * Returns the numbers of changesets and their ancestors, to a depth; unknown ones are left out.
   */
  boolean[] ancestors(List<Node> heads, long depth) {
    boolean[] within = new boolean[changesets.size()];
    long[] left = new long[changesets.size()];
    Arrays.fill(left, -1);
    for (int number = changesets.size() - 1; number >= 0; number--) {
      Revision next = changesets.get(number);
      if (heads.contains(next.node())) {
        left[number] = Math.max(left[number], depth);
      }
      within[number] = left[number] > 0;
      for (int parent = 0; parent < number; parent++) {
        if (within[number] && changesets.get(parent).node().equals(next.parents().first())) {
          left[parent] = Math.max(left[parent], left[number] - 1);
        }
      }
    }
    return within;
  }
}
