// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.hostile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Hostile repositories of some kind. */
class HostileStores {
  /** What files outside of the repositories have in them. */
  static final String OUTSIDE = "text-of-a-file-outside-of-the-store";

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

  static List<Case> all() {
    List<Case> all = new ArrayList<>();
    for (HostileStores each :
        List.of(
            new HostileChunks(),
            new HostileIndexes(),
            new HostileLinks(),
            new HostileTexts(),
            new HostileFiles())) {
      all.addAll(each.cases);
    }
    return all;
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

  final void crafted(String name, Consumer<CraftedStore> crafting, String... reported) {
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

  final void changed(String name, Change change, String... reported) {
    add(name, () -> CraftedStore.ofChangesets(5), change, reported);
  }

  final void add(String name, Crafting crafting, Change change, String... reported) {
    cases.add(new Case(name, crafting, change, List.of(reported)));
  }
}
