// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hgwire.conformance.mercurial.HgPython;
import org.hgwire.conformance.mercurial.HgVersion;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Phase;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.store.StoreRepository;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Which changesets may be served, and what the tags are, is what Mercurial says: in repositories
 * with random phases, markers, bookmarks and tags.
 */
final class ServedChangesetsTest {
  private static final int CHANGES = 40;

  @TempDir Path temporary;

  private Path repository(HgVersion version) {
    Path root = temporary.resolve("repository");
    RealHg.require(version).run(temporary, "init", root.toString());
    return root;
  }

  @ParameterizedTest
  @EnumSource(names = {"V5_6", "V6_3", "V7_0"})
  void servedChangesetsAreThoseOfMercurial(HgVersion version) throws IOException {
    Random random = new Random(7);
    Path root = repository(version);
    try (HgPython python = HgPython.of(RealHg.require(version), root);
        StoreRepository repository = StoreRepository.open(root)) {
      assertServed(python, repository);
      python.hg("debugbuilddag", "-q", "+12:a+6:b<a+5:c*b/c+3<b+4<a+7:d+2*c/d+3<2+4");
      List<String> nodes = python.hg("log", "-T", "{node}\\n");
      assertThat(nodes).hasSizeGreaterThan(40);
      for (int change = 0; change < CHANGES; change++) {
        assertServed(python, repository);
        change(python, random, nodes);
      }
    }
  }

  private static void change(HgPython python, Random random, List<String> nodes)
      throws IOException {
    String node = nodes.get(random.nextInt(nodes.size()));
    String other = nodes.get(random.nextInt(nodes.size()));
    switch (random.nextInt(8)) {
      case 0 -> python.hg("phase", "--hidden", "--force", "--secret", node);
      case 1 -> python.hg("phase", "--hidden", "--force", "--draft", node);
      case 2 -> python.hg("phase", "--public", nodes.get(nodes.size() - 1 - random.nextInt(9)));
      case 3 -> python.hg("bookmark", "--hidden", "-f", "-r", node, "b" + random.nextInt(3));
      case 4 -> python.hg("tag", "--hidden", "-l", "-f", "-r", node, "t" + random.nextInt(3));
      default -> python.hg("debugobsolete", node, other);
    }
  }

  private static void assertServed(HgPython python, StoreRepository repository) throws IOException {
    try (RepositorySnapshot snapshot = repository.snapshot()) {
      assertThat(visible(snapshot.changesets()))
          .isEqualTo(new TreeSet<>(python.ask("served", List.of())));
    }
  }

  private static SortedSet<String> visible(ChangesetIndex index) {
    SortedSet<String> visible = new TreeSet<>();
    for (int r = 0; r < index.count(); r++) {
      if (index.phase(r) != Phase.SECRET && !index.hidden(r)) {
        visible.add(index.node(r).hex());
      }
    }
    return visible;
  }

  @ParameterizedTest
  @EnumSource(names = {"V5_6", "V7_0"})
  void tagsAreThoseOfMercurial(HgVersion version) throws IOException {
    Random random = new Random(11);
    Path root = repository(version);
    try (HgPython python = HgPython.of(RealHg.require(version), root);
        StoreRepository repository = StoreRepository.open(root)) {
      python.hg("debugbuilddag", "-q", "+3:a+2<a+2<a+2");
      List<String> nodes = python.hg("log", "-T", "{node}\\n");
      for (int change = 0; change < CHANGES; change++) {
        List<String> heads = python.hg("heads", "-T", "{node}\\n");
        python.hg("update", "-q", "-C", heads.get(random.nextInt(heads.size())));
        String name = "t" + random.nextInt(3);
        if (random.nextInt(5) == 0) {
          python.hg("tag", "--remove", name);
        } else {
          python.hg("tag", "-f", "-r", nodes.get(random.nextInt(nodes.size())), name);
        }
        assertTags(python, repository);
      }
    }
  }

  private static void assertTags(HgPython python, StoreRepository repository) throws IOException {
    TreeMap<String, String> expected = new TreeMap<>();
    for (String line : python.ask("tags", List.of())) {
      String[] fields = line.split(" ", -1);
      expected.put(ByteString.fromHex(fields[0]).utf8(), fields[1]);
    }
    expected.keySet().removeIf(name -> !name.matches("t[0-9]"));
    TreeMap<String, String> found = new TreeMap<>();
    try (RepositorySnapshot snapshot = repository.snapshot()) {
      for (int i = 0; i < 3; i++) {
        Node node = snapshot.lookup(ByteString.utf8("t" + i));
        if (node != null) {
          found.put("t" + i, node.hex());
        }
      }
    }
    assertThat(found).isEqualTo(expected);
  }
}
