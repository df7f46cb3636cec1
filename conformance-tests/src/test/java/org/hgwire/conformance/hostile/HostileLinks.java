// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Links out of the store, and shares of other stores. */
final class HostileLinks extends HostileStores {
  HostileLinks() {
    links();
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
    changed(
        "symbolic link .hg",
        (store, outside) -> linkOut(store.resolveSibling("../.hg").normalize(), outside));
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
}
