// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hgwire.core.command.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
final class ServeRepositoriesTest {
  @TempDir Path directory;

  private Path repository(String path, int changesets) throws IOException {
    Path root = Files.createDirectories(directory.resolve(path));
    DiskRepository.create(root, changesets);
    return root;
  }

  private static String heads(ServeProcess server, String path) {
    CommandLineRun run = CommandLineRun.of("call", server.url() + path, "heads", "--json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run.out();
  }

  @Test
  void servesNamedRepositoriesAndThoseBelowADirectory() throws Exception {
    Path web = directory.resolve("web");
    Path root = repository("root", 1);
    Path named = repository("named", 2);
    repository("web/team/tools", 3);
    repository("web/bad", 1);
    Files.writeString(web.resolve("bad/.hg/requires"), "fancy\n");
    try (ServeProcess server =
        ServeProcess.serving(
            "-R", root.toString(), "-R", "other=" + named, "--web-dir", web.toString())) {
      String none = heads(server, "other");
      assertThat(heads(server, "team/tools")).isNotEqualTo(none);
      assertThat(CommandLineRun.of("pull", server.url()).out()).startsWith("changesets: 1\n");
      CommandLineRun bad = CommandLineRun.of("call", server.url() + "bad", "heads");
      assertThat(bad.exitCode()).isEqualTo(1);
      assertThat(bad.err()).doesNotContain("fancy").doesNotContain(web.toString());
      assertThat(CommandLineRun.of("call", server.url() + "gone", "heads").exitCode()).isEqualTo(1);
      assertThat(heads(server, "other")).isEqualTo(none);
      server.stop();
      List<String> lines = server.errors().lines().toList();
      assertThat(lines)
          .anyMatch(line -> line.contains(" 200 completed repository=other commands=heads"))
          .anyMatch(line -> line.contains("repository=team/tools commands=heads"))
          .anyMatch(line -> line.matches("hgwire: /bad: the repository bad .*fancy.*"))
          .anyMatch(line -> line.contains("\"GET /bad\" 500 failed"))
          .anyMatch(line -> line.contains("\"GET /gone\" 404 refused"));
    }
  }

  @Test
  void quietPrintsFailuresAlone() throws Exception {
    repository("good", 1);
    Files.createFile(repository("bad", 2).resolve(".hg/store/00changelog.d"));
    Path index = directory.resolve("bad/.hg/store/00changelog.i");
    byte[] bytes = Files.readAllBytes(index);
    bytes[100] ^= 1;
    Files.write(index, bytes);
    try (ServeProcess server = ServeProcess.serving("--web-dir", directory.toString(), "--quiet")) {
      heads(server, "good");
      CommandLineRun.of("call", server.url() + "bad", "changesetdata", "revisions=[]");
      server.stop();
      assertThat(server.errors().lines()).allMatch(line -> line.startsWith("hgwire: /bad: "));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "empty, 'is no Mercurial repository'",
    "gone, 'no such file'",
    "strange, 'has the requirement fancy'",
  })
  void aRepositoryThatCannotBeServedEndsTheStart(String name, String reason) throws IOException {
    Files.createDirectory(directory.resolve("empty"));
    Files.writeString(repository("strange", 1).resolve(".hg/requires"), "fancy\n");
    CommandLineRun run = CommandLineRun.of("serve", "-R", directory.resolve(name).toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).startsWith("hgwire: ").contains(reason, name).hasLineCount(1);
  }

  @Test
  void wrongArgumentsAreRefused() throws IOException {
    String one = repository("one", 1).toString();
    String two = repository("two", 1).toString();
    for (String[] arguments :
        new String[][] {
          {"serve"},
          {"serve", "--demo", "-R", one},
          {"serve", "-R", one, "-R", two},
          {"serve", "-R", "a/../b=" + one},
          {"serve", "-R", "name="},
          {"serve", "-R", one, "-R", "two=" + two, "--clonebundles", one + "/.hg/requires"},
        }) {
      CommandLineRun run = CommandLineRun.of(arguments);
      assertThat(run.exitCode()).as(String.join(" ", arguments)).isEqualTo(2);
      assertThat(run.err()).startsWith("hgwire: ").hasLineCount(1);
    }
  }

  @Test
  void eachRepositoryHasItsOwnCloneBundles() throws Exception {
    Path one = repository("one", 1);
    Path two = repository("two", 1);
    Path manifest =
        Files.writeString(directory.resolve("m"), "https://example.org/a BUNDLESPEC=zstd-v2\n");
    try (ServeProcess server =
        ServeProcess.serving(
            "-R", "one=" + one, "-R", "two=" + two, "--clonebundles", "one=" + manifest)) {
      assertThat(CommandLineRun.of("manifest", "select", server.url() + "one").out())
          .contains("https://example.org/a");
      assertThat(CommandLineRun.of("manifest", "select", server.url() + "two").err())
          .contains("offers no clone bundles");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/srv/a, , /srv/a",
    "a=/srv/b, a, /srv/b",
    "/team/tools/=b, , /team/tools/=b",
    "team/tools/=b, team/tools, b",
    "./a=b, , ./a=b",
    "=b, '', b",
    "a=b=c, a, b=c",
  })
  void aPathMayHaveANameBeforeIt(String text, String name, Path path) {
    assertThat(NamedPath.parse(text)).isEqualTo(new NamedPath(name, path));
  }

  @Test
  void namesOfChangesetsAreFound() throws IOException {
    List<Node> nodes = DiskRepository.create(directory.resolve("r"), 2);
    String out = directory.resolve("b.hg").toString();
    String first = nodes.get(0).toString();
    CommandLineRun run =
        CommandLineRun.of(
            "bundle", "-R", directory.resolve("r").toString(), out, "-r", first.substring(0, 12));
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).startsWith("1 changeset, ");
  }
}
