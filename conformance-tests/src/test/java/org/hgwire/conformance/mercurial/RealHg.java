// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.mercurial;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * The hg of each version that the interop tests run: the one that a system property names ({@code
 * -Dhg.v2} for 5.6.1, {@code -Dhg.6.3}, {@code -Dhg.7.0}, {@code -Dhg.newest}), else one that the
 * project's own script fetches into {@code target} of conformance-tests, once. A test of another
 * module says where that module is: {@code -Dconformance.module}.
 *
 * <p>If one is not available, tests that require it are skipped, and one line says why; with {@code
 * CI=true} in the environment or {@code -Dinterop=required} they fail.
 */
public final class RealHg {
  private static final Path MODULE =
      Path.of(System.getProperty("conformance.module", System.getProperty("basedir", ".")));
  private static final Map<HgVersion, Search> SEARCHES = new EnumMap<>(HgVersion.class);

  private RealHg() {}

  /** Returns hg 5.6.1, or skips the calling test. */
  public static Hg require() {
    return require(HgVersion.V5_6);
  }

  /** Returns the hg of {@code version}, or skips the calling test. */
  public static Hg require(HgVersion version) {
    Search search = search(version);
    if (search.found != null) {
      return search.found;
    }
    String reason = "no Mercurial " + version + " to test with: " + search.missing;
    if ("true".equals(System.getenv("CI")) || "required".equals(System.getProperty("interop"))) {
      throw new AssertionError(reason);
    }
    return Assumptions.abort(reason);
  }

  /** Returns a script of the tests. */
  public static Path script(String name) {
    return MODULE.resolve("src/test/scripts").resolve(name).toAbsolutePath();
  }

  /** Returns the directory for what tests create once and reuse. */
  static Path target() {
    return MODULE.resolve("target").toAbsolutePath();
  }

  /**
   * What was found.
   *
   * @param found the hg, or null if there is none
   * @param missing why there is none
   */
  private record Search(@Nullable Hg found, String missing) {}

  private static synchronized Search search(HgVersion version) {
    Search search = SEARCHES.get(version);
    if (search == null) {
      search = find(version);
      if (search.found == null) {
        System.err.println(
            "no Mercurial " + version + ", tests that need it are skipped: " + search.missing);
        // What is the newest moves, and may not run here today.
        search = version == HgVersion.NEWEST ? search(HgVersion.V7_0) : search;
      }
      SEARCHES.put(version, search);
    }
    return search;
  }

  private static Search find(HgVersion version) {
    String given = System.getProperty(version.property(), "");
    if (!given.isEmpty()) {
      Path path = Path.of(given).toAbsolutePath();
      return Files.isExecutable(path)
          ? new Search(new Hg(path), "")
          : new Search(
              null, "-D" + version.property() + " names " + given + ", which cannot be run");
    }
    String directory = version == HgVersion.V5_6 ? "hg56" : "hg-" + version.suite();
    List<String> fetch =
        List.of(
            "bash",
            script("fetch-hg").toString(),
            target().resolve(directory).toString(),
            version.suite());
    Hg.Result result = Hg.run(new ProcessBuilder(fetch), "");
    return result.status() == 0
        ? new Search(new Hg(Path.of(result.output().strip())), "")
        : new Search(null, result.errors().strip().lines().reduce("", (first, last) -> last));
  }
}
