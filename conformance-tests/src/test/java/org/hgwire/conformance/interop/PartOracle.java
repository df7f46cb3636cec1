// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.interop;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.conformance.mercurial.HgCommandServer;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.PathFilter;

/** What hg says is in a repository that it serves, and which of that is in a part. */
final class PartOracle {
  /** A line of {@code hg manifest --debug}: the node, mode and flag, the path. */
  private static final int PATH = 47;

  private final HgCommandServer hg;
  private final Path source;
  private final Map<Node, List<Node>> parents = new TreeMap<>();
  private final Map<Node, Node> manifests = new TreeMap<>();
  private final Map<Node, Set<RevisionKey>> files = new TreeMap<>();
  private final Set<Node> drafts = new TreeSet<>();
  private final List<String> asciiPaths = new ArrayList<>();

  private PartOracle(HgCommandServer hg, Path source) {
    this.hg = hg;
    this.source = source;
  }

  /** Reads what {@code source} shows to clients. */
  static PartOracle of(HgCommandServer hg, Path source) {
    PartOracle oracle = new PartOracle(hg, source);
    String template = "{node} {manifest % '{node}'} {phase} {p1node} {p2node}\n";
    String log = hg.run(source, "log", "-r", "not secret()", "-T", template);
    log.lines().map(line -> line.split(" ")).forEach(oracle::read);
    Set<String> ascii = new TreeSet<>();
    for (Set<RevisionKey> named : oracle.files.values()) {
      named.stream()
          .map(file -> file.path().utf8())
          .filter(path -> path.matches("[-\\w./ ]+"))
          .forEach(ascii::add);
    }
    oracle.asciiPaths.addAll(ascii);
    return oracle;
  }

  private void read(String... line) {
    Node changeset = Node.fromHex(line[0]);
    manifests.put(changeset, Node.fromHex(line[1]));
    if (line[2].equals("draft")) {
      drafts.add(changeset);
    }
    List<Node> present = new ArrayList<>(List.of(Node.fromHex(line[3]), Node.fromHex(line[4])));
    present.removeIf(Node::isNull);
    parents.put(changeset, present);
    Set<RevisionKey> named = new TreeSet<>();
    hg.run(source, "manifest", "--debug", "-r", line[0])
        .lines()
        .map(
            file ->
                RevisionKey.file(bytes(file.substring(PATH)), Node.fromHex(file.substring(0, 40))))
        .forEach(named::add);
    files.put(changeset, named);
  }

  private static ByteString bytes(String line) {
    return ByteString.copyOf(line.getBytes(StandardCharsets.ISO_8859_1));
  }

  Set<Node> drafts() {
    return drafts;
  }

  Node any(Random random) {
    return List.copyOf(parents.keySet()).get(random.nextInt(parents.size()));
  }

  Set<Node> heads() {
    return headsOf(parents.keySet());
  }

  /** Returns those of some changesets that have no child among them. */
  Set<Node> headsOf(Set<Node> changesets) {
    Set<Node> heads = new TreeSet<>(changesets);
    changesets.forEach(each -> heads.removeAll(parentsOf(each)));
    return heads;
  }

  private List<Node> parentsOf(Node changeset) {
    return parents.getOrDefault(changeset, List.of());
  }

  boolean lacksParent(Node changeset, Set<Node> there) {
    return !there.containsAll(parentsOf(changeset));
  }

  /** Returns what is so many generations from {@code heads}, not behind what is there. */
  Set<Node> near(Collection<Node> heads, int depth, Set<Node> there) {
    Map<Node, Integer> generations = new TreeMap<>();
    Deque<Node> open = new ArrayDeque<>();
    heads.forEach(head -> reach(head, 1, there, generations, open));
    while (!open.isEmpty()) {
      Node changeset = open.remove();
      int generation = requireNonNull(generations.get(changeset));
      if (generation < depth) {
        parentsOf(changeset)
            .forEach(parent -> reach(parent, generation + 1, there, generations, open));
      }
    }
    return generations.keySet();
  }

  private static void reach(
      Node changeset,
      int generation,
      Set<Node> there,
      Map<Node, Integer> generations,
      Deque<Node> open) {
    if (!there.contains(changeset) && generations.putIfAbsent(changeset, generation) == null) {
      open.add(changeset);
    }
  }

  /** Returns what hg says is so many generations from {@code heads}. */
  Set<Node> askHg(Collection<Node> heads, int depth) {
    String all = heads.stream().map(Node::hex).collect(Collectors.joining("+"));
    String set = "ancestors(" + all + ", " + Math.min(depth - 1, 1_000_000) + ")";
    return hg.run(source, "log", "-r", set, "-T", "{node}\n")
        .lines()
        .map(Node::fromHex)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns the revisions of some changesets, and of their files those that hg says pass. */
  NavigableSet<RevisionKey> keys(Set<Node> changesets, PathFilter paths) {
    Set<ByteString> passing = passing(paths);
    NavigableSet<RevisionKey> keys = new TreeSet<>();
    for (Node changeset : changesets) {
      keys.add(RevisionKey.changeset(changeset));
      Node manifest = requireNonNull(manifests.get(changeset));
      if (!manifest.isNull()) {
        keys.add(RevisionKey.manifest(manifest));
      }
      requireNonNull(files.get(changeset)).stream()
          .filter(file -> passing.contains(file.path()))
          .forEach(keys::add);
    }
    return keys;
  }

  /** Asks hg which paths of all changesets a filter passes. */
  private Set<ByteString> passing(PathFilter paths) {
    List<String> rules = new ArrayList<>();
    paths.include().forEach(rule -> rules.add("'" + rule.utf8() + "'"));
    String set = rules.isEmpty() ? "'glob:**'" : "(" + String.join(" or ", rules) + ")";
    for (ByteString rule : paths.exclude()) {
      set += " - '" + rule.utf8() + "'";
    }
    String template = "{files(\"set:" + set + "\") % '{file}\\n'}";
    Set<ByteString> passing = new HashSet<>();
    hg.run(source, "log", "-r", "not secret()", "-T", template)
        .lines()
        .forEach(path -> passing.add(bytes(path)));
    return passing;
  }

  /** Returns a filter with rules for some files and directories of the repository. */
  PathFilter randomFilter(Random random) {
    return PathFilter.of(rules(random, random.nextInt(4)), rules(random, random.nextInt(3)));
  }

  private List<ByteString> rules(Random random, int count) {
    List<ByteString> rules = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String path = asciiPaths.get(random.nextInt(asciiPaths.size()));
      int slash = path.lastIndexOf('/');
      String directory = slash < 0 ? "." : path.substring(0, slash);
      rules.add(
          ByteString.utf8(
              switch (random.nextInt(5)) {
                case 0 -> "path:" + path;
                case 1 -> "rootfilesin:" + directory;
                case 2 -> "path:./" + directory + "/";
                case 3 -> "path:not-there/" + path;
                default -> "path:" + directory;
              }));
    }
    return rules;
  }
}
