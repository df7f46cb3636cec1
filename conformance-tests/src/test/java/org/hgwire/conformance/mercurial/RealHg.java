// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.mercurial;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * The hg 5.6.1 that the interop tests run: the one that {@code -Dhg.v2} names, else one that the
 * project's own script fetches into {@code target}, once.
 *
 * <p>If none is available, tests that require it are skipped, and one line says why; with {@code
 * CI=true} in the environment or {@code -Dinterop=required} they fail.
 */
public final class RealHg {
  private static final Path MODULE = Path.of(System.getProperty("basedir", "."));
  private static @Nullable Hg found;
  private static @Nullable String missing;

  private RealHg() {}

  /** Returns the hg, or skips the calling test. */
  public static synchronized Hg require() {
    if (found == null && missing == null) {
      find();
      if (missing != null) {
        System.err.println("interop tests with a real Mercurial are skipped: " + missing);
      }
    }
    if (found != null) {
      return found;
    }
    if ("true".equals(System.getenv("CI")) || "required".equals(System.getProperty("interop"))) {
      throw new AssertionError("no Mercurial 5.6.1 to test with: " + missing);
    }
    return Assumptions.abort("no Mercurial 5.6.1 to test with: " + missing);
  }

  /** Returns a script of the tests. */
  static Path script(String name) {
    return MODULE.resolve("src/test/scripts").resolve(name).toAbsolutePath();
  }

  /** Returns the directory for what tests create once and reuse. */
  static Path target() {
    return MODULE.resolve("target").toAbsolutePath();
  }

  private static void find() {
    String given = System.getProperty("hg.v2", "");
    if (!given.isEmpty()) {
      Path path = Path.of(given).toAbsolutePath();
      if (Files.isExecutable(path)) {
        found = new Hg(path);
      } else {
        missing = "-Dhg.v2 names " + given + ", which cannot be run";
      }
      return;
    }
    List<String> fetch =
        List.of("bash", script("fetch-hg").toString(), target().resolve("hg56").toString());
    Hg.Result result = Hg.run(new ProcessBuilder(fetch), "");
    if (result.status() == 0) {
      found = new Hg(Path.of(result.output().strip()));
    } else {
      missing = result.errors().strip().lines().reduce("", (first, last) -> last);
    }
  }
}
