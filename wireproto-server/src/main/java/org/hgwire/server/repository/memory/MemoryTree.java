// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository.memory;

import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.ManifestFlag;
import org.hgwire.core.revision.ManifestText;
import org.jspecify.annotations.Nullable;

/** The files of a changeset by path, while a commit is built. */
final class MemoryTree {
  /** A file: its revision and its flag. */
  record Entry(Node node, ManifestFlag flag) {}

  private final TreeMap<ByteString, Entry> entries = new TreeMap<>();

  static MemoryTree parse(ByteString manifest) {
    MemoryTree tree = new MemoryTree();
    ManifestText.Cursor cursor = ManifestText.cursor(manifest);
    while (cursor.next()) {
      tree.entries.put(cursor.path(), new Entry(cursor.node(), cursor.flag()));
    }
    return tree;
  }

  ByteString format() {
    ManifestText.Builder text = ManifestText.builder();
    entries.forEach((path, entry) -> text.add(path, entry.node(), entry.flag()));
    return text.build();
  }

  @Nullable Entry get(ByteString path) {
    return entries.get(path);
  }

  void put(ByteString path, @Nullable Entry entry) {
    if (entry == null) {
      entries.remove(path);
    } else {
      entries.put(path, entry);
    }
  }

  /** Returns the paths of the files of both trees. */
  NavigableSet<ByteString> pathsWith(MemoryTree other) {
    TreeSet<ByteString> paths = new TreeSet<>(entries.keySet());
    paths.addAll(other.entries.keySet());
    return paths;
  }

  /**
   * Merges two trees: of each file, the node and the flag are taken from the side that changed them
   * since {@code base}.
   *
   * @param settled paths that the commit itself sets; they stay as in {@code ours}
   * @throws IllegalStateException if both sides changed a file in different ways
   */
  static MemoryTree merge(
      MemoryTree base, MemoryTree ours, MemoryTree theirs, Map<ByteString, ?> settled) {
    MemoryTree merged = new MemoryTree();
    for (ByteString path : ours.pathsWith(theirs)) {
      Entry own = ours.get(path);
      merged.put(
          path,
          settled.containsKey(path) ? own : merge(path, base.get(path), own, theirs.get(path)));
    }
    return merged;
  }

  private static @Nullable Entry merge(
      ByteString path, @Nullable Entry base, @Nullable Entry ours, @Nullable Entry theirs) {
    if (Objects.equals(ours, theirs) || Objects.equals(theirs, base)) {
      return ours;
    }
    if (Objects.equals(ours, base)) {
      return theirs;
    }
    if (base == null || ours == null || theirs == null) {
      throw conflict(path);
    }
    return new Entry(
        pick(path, base.node(), ours.node(), theirs.node()),
        pick(path, base.flag(), ours.flag(), theirs.flag()));
  }

  private static <T> T pick(ByteString path, T base, T ours, T theirs) {
    if (ours.equals(theirs) || theirs.equals(base)) {
      return ours;
    }
    if (ours.equals(base)) {
      return theirs;
    }
    throw conflict(path);
  }

  private static IllegalStateException conflict(ByteString path) {
    return new IllegalStateException(
        "both parents changed " + path + ": write or remove it in the merge commit");
  }
}
