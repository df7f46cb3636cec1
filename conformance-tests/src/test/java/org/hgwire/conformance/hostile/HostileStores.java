// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.hostile;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.store.testing.ChunkForm;
import org.hgwire.store.testing.RevlogEntry;
import org.hgwire.store.testing.RevlogWriter;

/** The hostile repositories. */
final class HostileStores {
  /** What files outside of the repositories have in them. */
  static final String OUTSIDE = "text-of-a-file-outside-of-the-store";

  private static final int MIB = 1 << 20;
  private static final Node NODE = new Node(1, 2, 3);

  private final List<Case> cases = new ArrayList<>();

  /** What is done to the files of a repository. */
  interface Change {
    /**
     * Changes the files.
     *
     * @param store the directory {@code .hg/store}
     * @param outside a directory outside of all repositories
     */
    void to(Path store, Path outside) throws IOException;
  }

  /**
   * A hostile repository.
   *
   * @param name its name
   * @param crafted what it is made from
   * @param change what is done to its files
   * @param reported parts of what the operator is told; if there are none, it may be served
   */
  record Case(String name, Crafting crafted, Change change, List<String> reported) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Makes the repository that is changed. */
  interface Crafting {
    CraftedStore make();
  }

  private HostileStores() {}

  static List<Case> all() {
    HostileStores stores = new HostileStores();
    stores.chunks();
    stores.chains();
    stores.indexes();
    stores.links();
    stores.texts();
    stores.smallFiles();
    return stores.cases;
  }

  /** Repositories of which a log was cut between two revisions. */
  static List<Case> cut() {
    HostileStores stores = new HostileStores();
    CraftedStore shorter = CraftedStore.ofChangesets(4);
    String tip = CraftedStore.ofChangesets(5).tip().toString();
    stores.changed(
        "file log",
        (store, outside) -> shorter.file("b").write(store.resolve("data/b.i")),
        "of b of changeset " + tip,
        "data/b.i");
    stores.changed(
        "manifests",
        (store, outside) -> shorter.manifests.write(store.resolve("00manifest.i")),
        "of changeset " + tip,
        "00manifest.i");
    return stores.cases;
  }

  private void crafted(String name, Consumer<CraftedStore> crafting, String... reported) {
    add(
        name,
        () -> {
          CraftedStore store = CraftedStore.ofChangesets(5);
          crafting.accept(store);
          return store;
        },
        (store, outside) -> {},
        reported);
  }

  private void changed(String name, Change change, String... reported) {
    add(name, () -> CraftedStore.ofChangesets(5), change, reported);
  }

  private void add(String name, Crafting crafting, Change change, String... reported) {
    cases.add(new Case(name, crafting, change, List.of(reported)));
  }

  private static ByteString zeros(int length) {
    return ByteString.copyOf(new byte[length]);
  }

  private void chunks() {
    for (ChunkForm form : List.of(ChunkForm.ZLIB, ChunkForm.ZSTD, ChunkForm.UNSIZED_ZSTD)) {
      ByteString bomb = form.encode(zeros(64 * MIB));
      crafted(
          "bomb in a file log, " + form,
          store -> {
            RevlogWriter log = RevlogWriter.inline();
            log.addChunk(bomb, zeros(10), -1, -1, -1, store.file("a").entry(0).node());
            store.files.put("a", log);
          },
          "revision 0 of the revlog",
          "data/a.i");
      crafted(
          "bomb as a delta of a manifest, " + form,
          store -> {
            store.manifests.addChunk(bomb, zeros(10), 4, 4, -1, NODE);
            store.manifests.change(5, entry -> entry.withLink(5));
            store.commit(NODE, "0 0", "a\n");
          },
          "revision 5 of the revlog",
          "00manifest.i");
      crafted(
          "bomb in the changelog, " + form,
          store -> store.changelog.addChunk(bomb, zeros(10), -1, 4, -1, NODE),
          "revision 5 of the revlog",
          "00changelog.i");
    }
    ByteString claim = ByteString.fromHex("28b52ffda000000040010000");
    crafted(
        "claim of a gigabyte",
        store -> {
          store.changelog.addChunk(claim, zeros(10), -1, 4, -1, NODE);
          store.changelog.change(5, entry -> entry.withTextLength(1 << 30));
        },
        "revision 5 of the revlog",
        "00changelog.i");
    crafted(
        "file of 100 MiB in a chunk of 100 KiB",
        store -> {
          RevlogWriter log = RevlogWriter.inline();
          ByteString text = zeros(100 * MIB);
          log.add(text, ChunkForm.ZLIB);
          log.change(0, entry -> entry.withLink(5));
          store.files.put("large", log);
          store.name("large", log.entry(0).node());
          store.commit("0 0", "large\n");
        });
  }

  private void chains() {
    add(
        "chain of 400,000 deltas of manifests",
        () -> {
          CraftedStore store = CraftedStore.ofChangesets(1);
          store.commit(new Node(399_999, 0, 0), "0 0", "a\nc\n");
          return store;
        },
        (store, outside) -> {
          many(store.resolve("00manifest.i"), 400_000, r -> chained(r, r == 399_999 ? 1 : 0));
          Files.write(store.resolve("00manifest.d"), new byte[] {'u', 'a', 'b'});
        },
        "revision 399999 of the revlog",
        "00manifest.i",
        "max-stored-chain");
    changed(
        "chain of 400,000 deltas of a file",
        (store, outside) -> {
          Node node = CraftedStore.ofChangesets(5).file("b").entry(4).node();
          many(
              store.resolve("data/b.i"),
              400_000,
              r -> r == 399_999 ? chained(r, 4).withNode(node) : chained(r, 1 << 20));
          Files.write(store.resolve("data/b.d"), new byte[] {'u', 'a', 'b'});
        },
        "revision 399999 of the revlog",
        "b.i",
        "max-stored-chain");
    for (String name : List.of("00changelog", "00manifest", "data/a")) {
      changed(
          "million deltas in " + name,
          (store, outside) -> {
            many(store.resolve(name + ".i"), 1_000_000, r -> chained(r, 0));
            Files.write(store.resolve(name + ".d"), new byte[] {'u', 'a', 'b'});
          },
          name + ".i",
          "max-stored-revisions");
    }
    for (int base : new int[] {4, -7}) {
      crafted(
          "base that is the later revision " + base,
          store -> {
            store.manifests.change(2, entry -> entry.withBase(base));
            store.manifests.change(3, entry -> entry.withBase(2));
          },
          "revision 2 of the revlog",
          "00manifest.i",
          "base");
      crafted(
          "base in a file log that is the later revision " + base,
          store -> store.file("b").change(2, entry -> entry.withBase(base)),
          "revision 2 of the revlog",
          "b.i",
          "base");
    }
  }

  /** One chunk for all revisions of a chain. */
  private static RevlogEntry chained(int r, int link) {
    return new RevlogEntry(
        0, 0, r == 0 ? 3 : 0, 2, Math.max(0, r - 1), link, -1, -1, new Node(r, 0, 0));
  }

  private static void many(Path index, int count, IntFunction<RevlogEntry> entries)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count * RevlogEntry.BYTES);
    for (int r = 0; r < count; r++) {
      entries.apply(r).write(bytes);
    }
    Files.write(index, bytes.putInt(0, 0x0002_0001).array());
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

  private void links() {
    for (String name :
        List.of(
            "00changelog.i",
            "00changelog.d",
            "00manifest.i",
            "data/a.i",
            "data/a.d",
            "data",
            "phaseroots",
            "obsstore",
            "../bookmarks",
            "../localtags",
            "../dirstate",
            "../hgrc",
            "../requires")) {
      changed(
          "symbolic link out of the store, " + name,
          (store, outside) -> linkOut(store.resolve(name), outside),
          List.of("data/a.d", "00changelog.d", "obsstore").contains(name)
              ? new String[0]
              : new String[] {name.replace("../", "")});
    }
    changed("symbolic link .hg/store", (store, outside) -> linkOut(store, outside), ".hg/store");
    changed("symbolic link .hg", (store, outside) -> linkOut(store.getParent(), outside));
    changed(
        "symbolic link to a device",
        (store, outside) -> {
          Files.delete(store.resolve("00manifest.i"));
          Files.createSymbolicLink(store.resolve("00manifest.i"), Path.of("/dev/zero"));
        },
        "00manifest.i");
    for (String source : List.of("/", "/etc", "outside", "/nowhere", "\0", "x")) {
      changed(
          "shared with " + source,
          (store, outside) -> {
            Files.createDirectories(outside.resolve(".hg/store"));
            Files.writeString(outside.resolve(".hg/requires"), OUTSIDE + "\n");
            Files.writeString(store.resolveSibling("requires"), "shared\nrevlogv1\nstore\n");
            Files.writeString(
                store.resolveSibling("sharedpath"),
                source.equals("outside") ? outside.resolve(".hg").toString() : source);
          },
          source.equals("outside") ? new String[] {"outside of"} : new String[0]);
    }
  }

  private static void linkOut(Path file, Path outside) throws IOException {
    Files.createDirectories(outside);
    Path target = outside.resolve(file.getFileName());
    if (Files.exists(file)) {
      Files.move(file, target);
    } else {
      Files.writeString(target, OUTSIDE + "\n");
    }
    Files.createSymbolicLink(file, target);
  }

  private void texts() {
    crafted(
        "changeset that lists two million files",
        store -> {
          StringBuilder listed = new StringBuilder();
          for (int i = 0; i < 2_000_000; i++) {
            listed.append(Integer.toString(i, 36)).append('\n');
          }
          store.commit("0 0", listed.toString());
        });
    crafted(
        "changeset that lists a file seven million times",
        store -> store.commit("0 0", "a\n".repeat(7_000_000)));
    crafted(
        "names of branches of 4 MiB",
        store -> {
          for (int i = 0; i < 40; i++) {
            store.commit("0 0 branch:" + i + "x".repeat(4 * MIB), "");
          }
        });
    crafted(
        "many long names of branches",
        store -> {
          for (int i = 0; i < 10_000; i++) {
            store.commit(store.manifest(), "0 0 branch:" + i + "x".repeat(4000), "");
          }
        });
    for (String text : List.of("x".repeat(15 * MIB), "a\0".repeat(4 * MIB), "\n".repeat(4 * MIB))) {
      crafted(
          "manifest that is none, " + text.substring(0, 1).replace('\n', ' '),
          store -> {
            store.manifests.add(ByteString.utf8(text), ChunkForm.ZLIB);
            store.manifests.change(5, entry -> entry.withLink(5));
            store.commit(store.manifest(), "0 0", "a\nq\n");
          },
          store(5));
    }
    crafted(
        "manifest of 300,000 files that have no logs",
        store -> {
          for (int i = 0; i < 300_000; i++) {
            store.name("f" + i, new Node(i, 1, 1));
          }
          store.commit("0 0", "f7\n");
        },
        "f7");
    crafted(
        "300,000 tags",
        store -> {
          StringBuilder tags = new StringBuilder();
          for (int i = 0; i < 300_000; i++) {
            tags.append(new Node(i, 1, 1).hex() + " " + i + "\n");
          }
          store.write(".hgtags", tags.toString());
          store.commit("0 0", ".hgtags\n");
        });
  }

  private static String store(int revision) {
    return revision >= 0 ? "manifest" : "";
  }

  private void smallFiles() {
    for (String name :
        List.of(
            "phaseroots",
            "obsstore",
            "fncache",
            "../bookmarks",
            "../localtags",
            "../hgrc",
            "../requires",
            "../dirstate")) {
      changed(
          "sparse gigabyte, " + name,
          (store, outside) -> {
            draft(store);
            sparse(store.resolve(name), 1 << 30);
          },
          name.equals("fncache") || name.contains("dirstate")
              ? new String[0]
              : new String[] {name.replace("../", "")});
      changed(
          "endless line, " + name,
          (store, outside) -> {
            draft(store);
            Files.writeString(store.resolve(name), "x".repeat(15 * MIB));
          },
          List.of("phaseroots", "obsstore", "../requires").contains(name)
              ? new String[] {name.replace("../", "")}
              : new String[0]);
      changed(
          "many short lines, " + name,
          (store, outside) -> {
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < 2_500_000; i++) {
              lines.append(Integer.toString(i, 36)).append('\n');
            }
            Files.writeString(store.resolve(name), lines);
          });
      changed(
          "many nodes, " + name,
          (store, outside) -> {
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < 330_000; i++) {
              lines.append(name.endsWith("roots") ? "1 " : "");
              lines.append(new Node(i, 1, 1).hex());
              lines.append(name.endsWith("roots") ? "\n" : " " + i + "\n");
            }
            Files.writeString(store.resolve(name), lines);
          });
    }
    changed(
        "sparse terabyte of markers",
        (store, outside) -> {
          draft(store);
          sparse(store.resolve("obsstore"), 1L << 40);
        },
        "obsstore");
    changed(
        "markers at the limit",
        (store, outside) -> {
          draft(store);
          sparse(store.resolve("obsstore"), 256 << 20);
        },
        "obsstore");
  }

  /** Makes the newest changeset a draft: markers are not read while all changesets are public. */
  private static void draft(Path store) throws IOException {
    Node tip = CraftedStore.ofChangesets(5).tip();
    Files.writeString(store.resolve("phaseroots"), "1 " + tip.hex() + "\n");
  }

  private static void sparse(Path path, long length) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(length);
    }
  }
}
