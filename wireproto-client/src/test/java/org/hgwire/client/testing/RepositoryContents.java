// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.hgwire.store.revlog.Revlog;
import org.hgwire.store.revlog.RevlogLimits;

/** What tests see of the repository in a directory. */
public final class RepositoryContents {
  private static final RevlogLimits LIMITS = RevlogLimits.defaults();

  private RepositoryContents() {}

  /** Returns the revisions: of which log, node, parents, linknode, and a hash of the text. */
  public static List<String> revisions(Path root) throws IOException {
    Path store = root.resolve(".hg").resolve("store");
    List<String> found = new ArrayList<>();
    List<Path> indexes;
    try (Stream<Path> tree = Files.walk(store)) {
      indexes = tree.filter(file -> file.toString().endsWith(".i")).toList();
    }
    try (Revlog changelog = Revlog.open(store.resolve("00changelog.i"), LIMITS)) {
      for (Path index : indexes) {
        try (Revlog log = Revlog.open(index, LIMITS)) {
          for (int r = 0; r < log.count(); r++) {
            found.add(
                String.join(
                    " ",
                    store.relativize(index).toString(),
                    log.node(r).hex(),
                    log.parent1(r) + " " + log.parent2(r),
                    changelog.node(log.link(r)).hex(),
                    Integer.toString(log.text(r).hashCode())));
          }
        }
      }
    }
    return found;
  }

  /** Deletes a directory, which need not exist. */
  public static void delete(Path root) throws IOException {
    if (Files.exists(root)) {
      try (Stream<Path> tree = Files.walk(root)) {
        for (Path file : tree.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
