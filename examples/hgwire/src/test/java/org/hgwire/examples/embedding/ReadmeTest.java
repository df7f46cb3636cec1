// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hgwire.client.Peer;
import org.hgwire.client.pull.PullSummary;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.RedirectCapabilities;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.netty.HgWireServer;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The snippets of the README are the code that is compiled here, and that code does what it says.
 */
final class ReadmeTest {
  private static final Path SOURCES = Path.of("src/main/java/org/hgwire/examples/embedding");

  @ParameterizedTest
  @CsvSource({
    "EmbeddedServer.java, server",
    "EmbeddedClient.java, client",
    "EmbeddedRedirects.java, redirects",
  })
  void theReadmeShowsTheCompiledSnippet(String file, String snippet) throws IOException {
    String readme = Files.readString(Path.of("../../README.md"));
    assertThat(readme)
        .contains(
            "<!-- "
                + file
                + ", snippet: "
                + snippet
                + " -->\n```java\n"
                + snippet(SOURCES.resolve(file), snippet)
                + "```\n");
  }

  @Test
  void theSnippetsRun() throws IOException {
    try (HgWireServer server = EmbeddedServer.start()) {
      PullSummary summary = EmbeddedClient.run("http://127.0.0.1:" + server.port() + "/");
      assertThat(summary.changesets()).isEqualTo(1);
      assertThat(summary.fileRevisions()).isEqualTo(1);
    }
  }

  @Test
  void theServerOfTheSnippetTellsOfItsTarget(@TempDir Path directory) throws IOException {
    ServerOptions options = EmbeddedRedirects.options(MemoryRepository.publishing(), directory);
    try (HgWireServer server = HgWireServer.builder(options).start();
        Peer peer = Peer.connect("http://127.0.0.1:" + server.port() + "/")) {
      RedirectCapabilities redirects = peer.capabilities().redirect();
      assertThat(redirects).isNotNull();
      assertThat(redirects.targets())
          .singleElement()
          .satisfies(target -> assertThat(target.name()).isEqualTo(ByteString.utf8("cdn")));
    }
  }

  private static String snippet(Path file, String name) throws IOException {
    Matcher region =
        Pattern.compile("// snippet: " + name + "\n(.*?)\n *// end\n", Pattern.DOTALL)
            .matcher(Files.readString(file));
    assertThat(region.find()).as("%s has the snippet %s", file, name).isTrue();
    List<String> lines = region.group(1).lines().toList();
    int indent =
        lines.stream()
            .filter(line -> !line.isBlank())
            .mapToInt(line -> line.length() - line.stripLeading().length())
            .min()
            .orElse(0);
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      text.append(line.isBlank() ? "" : line.substring(indent)).append('\n');
    }
    return text.toString();
  }
}
