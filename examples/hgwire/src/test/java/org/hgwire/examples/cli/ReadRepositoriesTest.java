// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.mercurial.SampleRepositories;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code hgwire log}, {@code files} and {@code cat} print what Mercurial's commands print. */
final class ReadRepositoriesTest {
  @TempDir Path temporary;

  @ParameterizedTest
  @EnumSource(HgVersion.class)
  void whatIsPrintedIsWhatMercurialPrints(HgVersion version) {
    Hg hg = RealHg.require(version);
    Path root = new SampleRepositories(hg).rich(temporary.resolve("repository"));
    assertThat(hgwire(root, "log")).isEqualTo(withoutTags(hg.run(root, "log")));
    assertThat(hgwire(root, "log", "-r", "5", "-r", "-2", "-l", "1"))
        .isEqualTo(withoutTags(hg.run(root, "log", "-r", "5")));
    String node = hg.run(root, "log", "-r", "-2", "-T", "{node}");
    for (String revision : List.of("tip", "12", node, node.substring(0, 8), "default")) {
      String files = hg.run(root, "files", "-r", revision);
      assertThat(hgwire(root, "files", "-r", revision)).isEqualTo(files);
      List<String> some = files.lines().filter(file -> file.matches("[\\x20-\\x7e]*")).toList();
      assertThat(some).isNotEmpty();
      List<String> line = new ArrayList<>(List.of("cat", "-r", revision));
      line.addAll(some);
      String[] arguments = line.toArray(String[]::new);
      assertThat(hgwire(root, arguments)).isEqualTo(hg.run(root, arguments));
    }
  }

  private static String withoutTags(String log) {
    return log.lines()
        .filter(line -> !line.startsWith("tag:"))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  private static String hgwire(Path root, String... arguments) {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                HgWire.class.getName()));
    line.addAll(List.of(arguments));
    line.addAll(List.of("-R", root.toString()));
    return Hg.run(new ProcessBuilder(line), "").orThrow();
  }
}
