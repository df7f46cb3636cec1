// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.hostile;

import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.store.testing.ChunkForm;

/** Texts of changesets, manifests and tags that take much memory to read. */
final class HostileTexts extends HostileStores {
  private static final int MIB = 1 << 20;

  HostileTexts() {
    texts();
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
}
