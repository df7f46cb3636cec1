// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script {@code bin/hgwire}, with a Java that prints its arguments, a line each. */
@DisabledOnOs(OS.WINDOWS)
final class LauncherTest {
  private static final Path SCRIPT = Path.of("bin", "hgwire").toAbsolutePath();
  private static final String FAKE_JAVA =
      """
      #!/bin/sh
      for argument; do
        case $argument in
          -XX:ArchiveClassesAtExit=*) echo classes > "${argument#*=}" ;;
        esac
        printf '%s\\n' "$argument"
      done
      """;

  @TempDir private Path directory;
  private Path jar;
  private String options = "-Xmx1g -Dx=y";

  private record Run(int exitCode, List<String> lines) {}

  @BeforeEach
  void prepare() throws IOException {
    jar = Files.createFile(Files.createDirectory(directory.resolve("a b")).resolve("hgwire.jar"));
    executable(directory.resolve("java/bin/java"), FAKE_JAVA);
    executable(directory.resolve("a b/hgwire"), Files.readString(SCRIPT));
  }

  @Test
  void passesArgumentsOnAsTheyAre() throws Exception {
    List<String> lines = run("call", "http://h/", "x=a b", "", "*").lines();
    assertThat(lines)
        .containsSubsequence(
            "-jar", jar.toRealPath().toString(), "call", "http://h/", "x=a b", "", "*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"call", "cbor", "--help"})
  void shortCommandsRunWithoutTheOptimizingCompiler(String command) throws Exception {
    assertThat(run(command).lines()).contains("-XX:TieredStopAtLevel=1");
  }

  @Test
  void longCommandsRunWithTheOptimizingCompiler() throws Exception {
    for (String command : List.of("serve", "pull", "bundle")) {
      assertThat(run("--debug", command).lines()).doesNotContain("-XX:TieredStopAtLevel=1");
    }
  }

  @Test
  void optionsOfTheUserComeLast() throws Exception {
    List<String> lines = run("call").lines();
    assertThat(lines.subList(0, lines.indexOf("-jar"))).endsWith("-Xmx1g", "-Dx=y");
  }

  @Test
  void heapOfTheUserIsTheOnlyOne() throws Exception {
    assertThat(run("pull").lines()).noneMatch(line -> line.startsWith("-Xms"));
    options = "-Dx=y";
    assertThat(run("pull").lines()).anyMatch(line -> line.startsWith("-Xms"));
  }

  @Test
  void isFoundThroughSymbolicLinks() throws Exception {
    Path bin = Files.createDirectory(directory.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("one"), Path.of("..", "a b", "hgwire"));
    Files.createSymbolicLink(bin.resolve("two"), Path.of("one"));
    assertThat(run(bin.resolve("two"), "man").lines()).contains(jar.toRealPath().toString());
  }

  @Test
  void usesTheClassArchiveThatItWrote() throws Exception {
    Path archive = jar.resolveSibling("hgwire.jsa");
    assertThat(run("serve").lines()).noneMatch(line -> line.contains("SharedArchiveFile"));
    assertThat(run("--class-archive").lines())
        .containsExactly("class archive: " + archive.toRealPath());
    assertThat(run("serve").lines()).contains("-XX:SharedArchiveFile=" + archive.toRealPath());
    try (var files = Files.list(jar.getParent())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("hgwire", "hgwire.jar", "hgwire.jsa");
    }
  }

  @Test
  void saysWhereItLooksForTheJar() throws Exception {
    Files.delete(jar);
    Run run = run("serve");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.lines()).hasSize(1).first().asString().contains("no hgwire.jar", "HGWIRE_JAR");
  }

  private Run run(String... arguments) throws Exception {
    return run(directory.resolve("a b/hgwire"), arguments);
  }

  private Run run(Path script, String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of(script.toString()));
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", directory.resolve("java").toString());
    builder.environment().put("HGWIRE_JAVA_OPTS", options);
    builder.environment().remove("HGWIRE_JAR");
    Process process = builder.start();
    process.getOutputStream().close();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
    return new Run(process.waitFor(), lines);
  }

  private static void executable(Path file, String script) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
