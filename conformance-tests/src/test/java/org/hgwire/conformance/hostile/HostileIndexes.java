// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.hostile;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hgwire.core.command.Node;
import org.hgwire.store.testing.RevlogEntry;

/** Indexes that say what cannot be. */
final class HostileIndexes extends HostileStores {
  private static final Node NODE = new Node(1, 2, 3);

  HostileIndexes() {
    indexes();
  }

  private void indexes() {
    for (String name : List.of("00changelog.i", "00manifest.i", "data/a.i")) {
      for (int header : new int[] {0x0002_0001, 0x0003_0001}) {
        changed(
            "index that claims 2^31 entries, " + name + ", " + Integer.toHexString(header),
            (store, outside) -> claim(store.resolve(name), header, 1L << 31),
            name);
      }
      changed(
          "sparse index of 400,000 entries, " + name,
          (store, outside) -> claim(store.resolve(name), 0x0002_0001, 400_000),
          name);
    }
    for (RevlogEntry place :
        List.of(
            entry(1L << 46, 100), entry(0, Integer.MAX_VALUE), entry((1L << 47) - 1, 1 << 24))) {
      String what = place.offset() + " + " + place.storedLength();
      crafted(
          "chunk beyond the file, " + what,
          store -> {
            store.file("a").header(0x0002_0001);
            store
                .file("a")
                .change(4, entry -> entry.withChunk(place.offset(), place.storedLength()));
          },
          "revision 4 of the revlog",
          "a.i");
    }
    for (int parent : new int[] {3, 1 << 30, -2}) {
      crafted(
          "parent of a changeset, " + parent,
          store -> store.changelog.change(3, entry -> entry.withParents(parent, -1)),
          "revision 3 of the revlog",
          "00changelog.i",
          "parent");
      crafted(
          "second parent of a file revision, " + parent,
          store -> store.file("b").change(3, entry -> entry.withParents(-1, parent)),
          "revision 3 of the revlog",
          "b.i",
          "parent");
    }
    crafted("same parents", store -> store.changelog.change(3, e -> e.withParents(2, 2)));
    for (int link : new int[] {5, Integer.MAX_VALUE}) {
      crafted(
          "link of a manifest, " + link,
          store -> store.manifests.change(4, entry -> entry.withLink(link)),
          "manifest " + CraftedStore.ofChangesets(5).manifest(),
          "00manifest.i");
      crafted(
          "link of a file revision, " + link,
          store -> store.file("b").change(4, entry -> entry.withLink(link)),
          "b.i",
          " of b of changeset " + CraftedStore.ofChangesets(5).tip());
    }
    crafted(
        "link that is negative",
        store -> store.file("b").change(4, entry -> entry.withLink(-9)),
        "revision 4 of the revlog",
        "b.i");
    crafted(
        "links of the changelog", store -> store.changelog.change(3, e -> e.withLink(1_000_000)));
    changed(
        "file log in place of the manifests",
        (store, outside) -> copy(store.resolve("data/a.i"), store.resolve("00manifest.i")),
        "00manifest.i");
    changed(
        "manifests in place of the changelog",
        (store, outside) -> copy(store.resolve("00manifest.i"), store.resolve("00changelog.i")),
        "00changelog.i");
    changed(
        "manifests in place of a file log",
        (store, outside) -> copy(store.resolve("00manifest.i"), store.resolve("data/b.i")),
        "b.i");
  }

  /** Writes a header, and entries that have no blocks on the disk. */
  private static void claim(Path index, int header, long entries) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(index.toFile(), "rw")) {
      file.setLength(0);
      file.writeInt(header);
      file.setLength(entries * RevlogEntry.BYTES);
    }
  }

  private static RevlogEntry entry(long offset, int length) {
    return new RevlogEntry(offset, 0, length, 0, 0, 0, -1, -1, NODE);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.delete(to);
    Files.copy(from, to);
  }
}
