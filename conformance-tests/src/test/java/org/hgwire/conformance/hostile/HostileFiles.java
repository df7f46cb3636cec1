// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.hostile;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hgwire.core.command.Node;

/** Small files of absurd size or form. */
final class HostileFiles extends HostileStores {
  private static final int MIB = 1 << 20;

  HostileFiles() {
    smallFiles();
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
