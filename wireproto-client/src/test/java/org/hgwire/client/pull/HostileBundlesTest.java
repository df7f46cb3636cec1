// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hgwire.core.ByteString;
import org.hgwire.core.bundle.ChangegroupVersion;
import org.hgwire.core.bundle.DeltaHeader;
import org.hgwire.core.bundle.Segment;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bundles of a server of version 1 that say what is not so, pulled into a repository. */
@Timeout(60)
final class HostileBundlesTest {
  private static final int CHANGESETS = 0;
  private static final int MANIFESTS = 1;
  private static final int F = 2;
  private static final List<Integer> GROUPS = List.of(CHANGESETS, MANIFESTS, F);
  private static final List<String> OF = List.of(" of a changeset", " of a manifest", " of a file");
  private static final Node NOBODY = Node.fromHex("e".repeat(40));
  private static final Map<String, Lie> LIES = lies();

  @TempDir Path directory;

  /** What a server says, and what the error says about it. */
  private record Lie(Change change, String message) {}

  private interface Change {
    void apply(ScriptedBundle bundle);
  }

  private static Map<String, Lie> lies() {
    Map<String, Lie> lies = new LinkedHashMap<>();
    wrongTexts(lies);
    wrongBases(lies);
    missing(lies);
    foreign(lies);
    return lies;
  }

  private static void wrongTexts(Map<String, Lie> lies) {
    for (int group : GROUPS) {
      String of = OF.get(group);
      lies.put("damaged text" + of, new Lie(bundle -> bundle.damage(group, 1), "has the hash"));
      lies.put(
          "wrong parent" + of,
          new Lie(
              bundle -> {
                DeltaHeader header = bundle.entries(group).get(1).header();
                DeltaHeader changed =
                    new DeltaHeader(
                        header.node(), Parents.NONE, header.base(), header.link(), header.flags());
                replace(bundle, group, 1, changed, bundle.entries(group).get(1).delta());
              },
              "has the hash"));
      lies.put(
          "flags" + of,
          new Lie(
              bundle -> {
                bundle.version(ChangegroupVersion.V03);
                DeltaHeader header = bundle.entries(group).get(0).header();
                bundle.relink(group, 0, header.link(), DeltaHeader.ELLIPSIS);
              },
              "with the flags"));
    }
  }

  private static void wrongBases(Map<String, Lie> lies) {
    for (int group : GROUPS) {
      String of = OF.get(group);
      lies.put(
          "delta against nothing" + of,
          new Lie(bundle -> rebase(bundle, group, NOBODY), "delta against " + NOBODY));
      lies.put(
          "delta against itself" + of,
          new Lie(
              bundle -> rebase(bundle, group, bundle.entries(group).get(1).header().node()),
              "delta against"));
      lies.put(
          "delta beyond its base" + of,
          new Lie(
              bundle -> redelta(bundle, group, "0fffffff" + "0fffffff" + "00000000"),
              "cannot be reconstructed"));
      lies.put(
          "delta with an absurd length" + of,
          new Lie(
              bundle -> redelta(bundle, group, "00000000" + "00000000" + "7fffffff"),
              "cannot be reconstructed"));
      lies.put(
          "delta with a negative length" + of,
          new Lie(
              bundle -> redelta(bundle, group, "00000000" + "00000000" + "ffffffff"),
              "cannot be reconstructed"));
      lies.put(
          "delta that goes back" + of,
          new Lie(
              bundle -> redelta(bundle, group, "000000050000000300000000"),
              "cannot be reconstructed"));
      lies.put(
          "delta that is cut" + of,
          new Lie(bundle -> redelta(bundle, group, "0000"), "cannot be reconstructed"));
    }
  }

  private static void missing(Map<String, Lie> lies) {
    lies.put(
        "no first changeset", new Lie(bundle -> bundle.entries(CHANGESETS).remove(0), "parent"));
    lies.put(
        "no last changeset",
        new Lie(
            bundle -> bundle.entries(CHANGESETS).remove(bundle.entries(CHANGESETS).size() - 1),
            "not asked for"));
    lies.put(
        "no changesets",
        new Lie(
            bundle -> bundle.groups.forEach(group -> group.entries().clear()),
            "does not contain the requested changeset"));
    lies.put(
        "no manifest",
        new Lie(bundle -> bundle.entries(MANIFESTS).remove(0), "without its parent"));
    lies.put(
        "no last manifest",
        new Lie(
            bundle -> bundle.entries(MANIFESTS).remove(bundle.entries(MANIFESTS).size() - 1),
            "which no manifest names"));
    lies.put("no manifests", new Lie(bundle -> bundle.entries(MANIFESTS).clear(), "names"));
    lies.put("no file", new Lie(bundle -> bundle.entries(F).remove(0), "without its parent"));
    lies.put(
        "no revision of a file",
        new Lie(bundle -> bundle.entries(F).clear(), "omitted the manifest or files"));
    lies.put(
        "no files and no manifests",
        new Lie(
            bundle -> bundle.groups.subList(MANIFESTS + 1, bundle.groups.size()).clear(),
            "omitted the manifest or files"));
  }

  private static void foreign(Map<String, Lie> lies) {
    lies.put(
        "foreign changeset",
        new Lie(
            bundle -> {
              ScriptedRepository other = new ScriptedRepository(50).grow(1);
              Node node = other.changesets.get(0).node();
              bundle
                  .entries(CHANGESETS)
                  .add(ScriptedBundle.whole(other.changesets.get(0).text(), node));
            },
            "not asked for"));
    lies.put(
        "foreign manifest",
        new Lie(
            bundle -> {
              Node link = bundle.entries(CHANGESETS).get(0).header().node();
              ByteString text = ByteString.utf8("evil\0" + "ab".repeat(20) + "\n");
              bundle.entries(MANIFESTS).add(ScriptedBundle.whole(text, link));
            },
            "which no changeset names"));
    lies.put(
        "foreign file revision",
        new Lie(
            bundle -> {
              Node link = bundle.entries(CHANGESETS).get(0).header().node();
              bundle.entries(F).add(ScriptedBundle.whole(ByteString.utf8("evil"), link));
            },
            "which no manifest names"));
    for (String path : List.of("h", "../x", "/etc/x", ".hg/hgrc", "a/.hg/x", "..", "a//b")) {
      lies.put(
          "file " + path,
          new Lie(
              bundle ->
                  bundle.groups.add(
                      2,
                      new ScriptedBundle.Group(
                          Segment.FILES, ByteString.utf8(path), bundle.entries(F))),
              path.equals("h") ? "which no manifest names" : "whose path"));
    }
    lies.put(
        "tree manifests",
        new Lie(
            bundle -> {
              bundle.version(ChangegroupVersion.V03);
              bundle.groups.add(
                  2,
                  new ScriptedBundle.Group(
                      Segment.TREE_MANIFESTS, ByteString.utf8("d/"), bundle.entries(MANIFESTS)));
            },
            "tree manifests"));
    lies.put(
        "foreign link of a changeset",
        new Lie(bundle -> bundle.relink(CHANGESETS, 1, NOBODY, 0), "names another changeset"));
    lies.put(
        "foreign link of a manifest",
        new Lie(bundle -> bundle.relink(MANIFESTS, 1, NOBODY, 0), "unknown changeset"));
  }

  private static void replace(
      ScriptedBundle bundle, int group, int number, DeltaHeader header, ByteString delta) {
    bundle.entries(group).set(number, new ScriptedBundle.Entry(header, delta));
  }

  private static void rebase(ScriptedBundle bundle, int group, Node base) {
    ScriptedBundle.Entry entry = bundle.entries(group).get(1);
    DeltaHeader old = entry.header();
    replace(
        bundle,
        group,
        1,
        new DeltaHeader(old.node(), old.parents(), base, old.link(), old.flags()),
        entry.delta());
  }

  private static void redelta(ScriptedBundle bundle, int group, String hex) {
    DeltaHeader header = bundle.entries(group).get(1).header();
    replace(bundle, group, 1, header, ByteString.fromHex(hex));
  }

  static Stream<String> names() {
    return LIES.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void nothingOfItIsInTheRepository(String name) throws IOException {
    Lie lie = requireNonNull(LIES.get(name));
    try (HostilePull pull = new HostilePull(directory, 3)) {
      pull.server.lie =
          bundle -> {
            if (!bundle.groups.isEmpty()) {
              lie.change().apply(bundle);
            }
          };
      pull.requireRefused(lie.message());
    }
  }

  /**
   * More changesets than one request is for: they come alone first, then in slices. What is wrong
   * with changesets that are there already does not matter.
   */
  @ParameterizedTest
  @MethodSource("names")
  void slicesThatLieAreRefused(String name) throws IOException {
    Lie lie = requireNonNull(LIES.get(name));
    try (HostilePull pull = new HostilePull(directory, 8)) {
      int[] bundles = {0};
      pull.server.lie =
          bundle -> {
            if (bundles[0]++ == 2) {
              lie.change().apply(bundle);
            }
          };
      boolean mayPass = name.contains("changeset");
      pull.requireRefusedLater(mayPass ? "" : lie.message(), mayPass);
    }
  }
}
