// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgServe;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.mercurial.SampleRepositories;
import org.hgwire.server.store.StoreRepository;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code lookup} finds what Mercurial's own server finds: of names that mean several things at
 * once, numbers, prefixes of nodes, and what is not served.
 */
final class NamesOfMercurialTest {
  private static final int NAMES_A_REQUEST = 60;

  @TempDir Path temporary;

  @ParameterizedTest
  @EnumSource(HgVersion.class)
  void namesMeanWhatTheyMeanToMercurial(HgVersion version) throws IOException {
    Hg hg = RealHg.require(version);
    Path root = new SampleRepositories(hg).rich(temporary.resolve("repository"));
    List<String> nodes = hg.run(root, "log", "-T", "{node}\\n").lines().toList();
    List<String> names = addNames(hg, root, nodes);
    try (HgServe theirs = HgServe.v1(hg, root);
        StoreRepository repository = StoreRepository.open(root);
        OurServer ours = OurServer.of(repository)) {
      Map<String, String> expected = lookup(theirs.url(), names);
      Map<String, String> found = lookup(ours.url(), names);
      assertThat(expected).containsValue("unknown").containsEntry("moved", nodes.get(3));
      assertThat(found).isEqualTo(expected);
    }
  }

  /** Adds bookmarks and tags, and returns what is worth looking up. */
  private static List<String> addNames(Hg hg, Path root, List<String> nodes) throws IOException {
    String prefix = nodes.get(5).substring(0, 6);
    hg.run(root, "bookmark", "-f", "-r", nodes.get(3), "moved");
    hg.run(root, "tag", "-l", "-r", nodes.get(4), "moved"); // a bookmark and a tag
    hg.run(root, "tag", "-l", "-r", nodes.get(7), "only a tag");
    Path bookmarks = root.resolve(".hg/bookmarks");
    // One that looks like a node, one like a branch, and copies of another's bookmark.
    append(bookmarks, nodes.get(2) + " " + prefix);
    append(bookmarks, nodes.get(6) + " default");
    append(bookmarks, nodes.get(8) + " moved@origin");
    append(bookmarks, nodes.get(9) + " at@the end@");
    append(root.resolve(".hg/localtags"), nodes.get(1) + " " + nodes.get(0).substring(0, 8));
    List<String> names =
        new ArrayList<>(
            List.of(
                "moved",
                "moved@origin",
                "at@the end@",
                "only a tag",
                prefix,
                nodes.get(0).substring(0, 8),
                "default",
                "tip",
                "null",
                ".",
                "",
                " ",
                "@",
                "-0",
                "+1",
                "007",
                "0x1",
                "p1(tip)",
                "tip^",
                "0".repeat(40),
                "f".repeat(40),
                "0".repeat(39),
                "f".repeat(12)));
    for (int number = -nodes.size() - 2; number < nodes.size() + 2; number++) {
      names.add(String.valueOf(number));
    }
    for (String node : nodes) {
      for (int length : new int[] {1, 2, 3, 4, 12, 39, 40}) {
        names.add(node.substring(0, length));
      }
      names.add(node.toUpperCase(Locale.ROOT));
      names.add(node + "0");
    }
    hg.run(root, "branches", "--closed", "-T", "{branch}\\n").lines().forEach(names::add);
    hg.run(root, "bookmarks", "-T", "{bookmark}\\n").lines().forEach(names::add);
    hg.run(root, "tags", "-T", "{tag}\\n").lines().forEach(names::add);
    return names;
  }

  private static void append(Path file, String line) throws IOException {
    Files.writeString(
        file, line + "\n", UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Returns the nodes of names, or that one is unknown: why, each server says in its own words. */
  private static Map<String, String> lookup(URI server, List<String> names) throws IOException {
    Map<String, String> found = new TreeMap<>();
    for (int from = 0; from < names.size(); from += NAMES_A_REQUEST) {
      List<String> some = names.subList(from, Math.min(names.size(), from + NAMES_A_REQUEST));
      String commands =
          some.stream()
              .map(name -> "lookup key=" + name.replace("=", ":e"))
              .collect(Collectors.joining(";"));
      String[] results = batch(server, commands).split(";", -1);
      assertThat(results).hasSameSizeAs(some);
      for (int i = 0; i < results.length; i++) {
        String result = results[i].strip();
        found.put(some.get(i), result.startsWith("1 ") ? result.substring(2) : "unknown");
      }
    }
    return found;
  }

  private static String batch(URI server, String commands) throws IOException {
    URI request = server.resolve("?cmd=batch&cmds=" + URLEncoder.encode(commands, UTF_8));
    try (InputStream body = request.toURL().openStream()) {
      return new String(body.readAllBytes(), ISO_8859_1);
    }
  }
}
