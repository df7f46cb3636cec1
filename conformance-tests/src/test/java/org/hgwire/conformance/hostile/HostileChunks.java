// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.hostile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.store.testing.ChunkForm;
import org.hgwire.store.testing.RevlogEntry;
import org.hgwire.store.testing.RevlogWriter;

/** Chunks and chains of deltas that cost much. */
final class HostileChunks extends HostileStores {
  private static final int MIB = 1 << 20;
  private static final Node NODE = new Node(1, 2, 3);

  HostileChunks() {
    chunks();
    chains();
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
}
