// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.report;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hgwire.conformance.mercurial.Hg;
import org.junit.jupiter.api.Assumptions;

/**
 * A real browser without a window: the one that {@code -Dchromium} names, or a {@code chromium} on
 * the path. Without one the tests that need it are skipped, and fail if {@code CI=true} is in the
 * environment.
 *
 * @param executable the path of the browser
 */
record Chromium(Path executable) {
  private static final int TIMEOUT_SECONDS = 120;

  /** Returns the browser, or skips the calling test. */
  static Chromium require() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(
            Stream.of(System.getProperty("chromium", "")),
            Stream.of(path.split(File.pathSeparator)).map(each -> each + "/chromium"))
        .map(Path::of)
        .filter(each -> Files.isRegularFile(each) && Files.isExecutable(each))
        .map(Chromium::new)
        .findFirst()
        .orElseGet(Chromium::missing);
  }

  private static Chromium missing() {
    String reason = "no chromium to look at pages with: -Dchromium=PATH names one";
    if ("true".equals(System.getenv("CI"))) {
      throw new AssertionError(reason);
    }
    System.err.println(reason);
    return Assumptions.abort(reason);
  }

  /** Opens a page and returns what it became, as HTML. */
  String open(Path page, Path directory) throws IOException, InterruptedException {
    return run(directory, "--dump-dom", page.toUri().toString());
  }

  /** Prints a page to {@code pdf}. */
  void print(Path page, Path pdf, Path directory) throws IOException, InterruptedException {
    run(directory, "--no-pdf-header-footer", "--print-to-pdf=" + pdf, page.toUri().toString());
  }

  private String run(Path directory, String... arguments) throws IOException, InterruptedException {
    Path output = directory.resolve("chromium.out");
    List<String> line =
        new ArrayList<>(
            List.of(
                executable.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--no-first-run",
                "--disable-background-networking",
                "--user-data-dir=" + directory.resolve("profile")));
    line.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(line)
            .redirectOutput(output.toFile())
            .redirectError(directory.resolve("chromium.err").toFile())
            .start();
    try {
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError(line + " did not end within " + TIMEOUT_SECONDS + " seconds");
      }
      return Files.readString(output);
    } finally {
      Hg.kill(process);
    }
  }
}
