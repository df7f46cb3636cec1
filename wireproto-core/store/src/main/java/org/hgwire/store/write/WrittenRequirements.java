// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.write;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.hgwire.core.encoding.ZstdLibrary;
import org.hgwire.store.RepositoryDirectory;
import org.hgwire.store.StoreException;

/** The requirements of the repositories that are written. */
final class WrittenRequirements {
  /** Those of a new repository: what Mercurial 6.3 makes, so that 5.6.1 knows it. */
  static final String NEW =
      """
      dotencode
      fncache
      generaldelta
      revlog-compression-zstd
      revlogv1
      sparserevlog
      store
      """;

  private static final String ZSTD = "revlog-compression-zstd\n";

  /** What a repository must have. */
  private static final Set<String> NEEDED =
      Set.of("revlogv1", "store", "fncache", "dotencode", "generaldelta");

  /** What it may have besides: nothing of it changes how revisions are written. */
  private static final Set<String> ALLOWED =
      Set.of(
          "sparserevlog",
          "revlog-compression-zstd",
          "share-safe",
          "internal-phase",
          "internal-phase-2",
          "dirstate-v2",
          "dirstate-tracked-key-v1",
          "exp-sparse");

  private static final Map<String, String> ADVICE =
      Map.of(
          "shared", "name the repository whose store it shares",
          "relshared", "name the repository whose store it shares",
          "persistent-nodemap",
              "hg debugupgraderepo --run --config format.use-persistent-nodemap=no removes it");

  private WrittenRequirements() {}

  /** Returns the requirements of a new repository, a line each: without zstd if there is none. */
  static String ofNew() {
    return ZstdLibrary.problem().isPresent() ? NEW.replace(ZSTD, "") : NEW;
  }

  /**
   * Checks that a repository can be written.
   *
   * @throws StoreException of kind UNSUPPORTED if not
   */
  static void check(RepositoryDirectory directory) throws StoreException {
    Path root = directory.root();
    for (String name : directory.requirements()) {
      if (!NEEDED.contains(name) && !ALLOWED.contains(name)) {
        String advice = ADVICE.getOrDefault(name, "pull into it with Mercurial");
        throw unsupported(root, "has the requirement " + name, advice);
      }
    }
    for (String name : NEEDED) {
      if (!directory.requirements().contains(name)) {
        throw unsupported(
            root, "does not have the requirement " + name, "hg debugupgraderepo --run adds it");
      }
    }
  }

  private static StoreException unsupported(Path root, String what, String advice) {
    return new StoreException(
        StoreException.Kind.UNSUPPORTED,
        "the repository " + root + " " + what + ", so it is not written; " + advice);
  }
}
