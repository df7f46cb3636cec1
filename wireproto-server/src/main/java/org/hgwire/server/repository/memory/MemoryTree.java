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

/** The files of a changeset by path, while a commit is made. */
final class MemoryTree {
  /** A file: its revision and what it is. */
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

  /** Returns the paths of both trees, of files and of what is not there in one. */
  NavigableSet<ByteString> pathsWith(MemoryTree other) {
    TreeSet<ByteString> paths = new TreeSet<>(entries.keySet());
    paths.addAll(other.entries.keySet());
    return paths;
  }

  /**
   * Merges two trees: what one side changed since {@code base} is taken, node and flag each for
   * itself.
   *
   * @param settled paths that are decided elsewhere, and left as {@code ours} has them
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
        "both parents changed " + path + ": write or remove it in the merge");
  }
}
