// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.bundle.BundleCompression;
import org.hgwire.core.bundle.ChangegroupVersion;
import org.hgwire.core.bundle.DeltaHeader;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.hgwire.core.command.Phase;
import org.hgwire.core.revision.ChangesetText;
import org.hgwire.core.revision.ManifestText;
import org.hgwire.core.revision.NodeHasher;
import org.hgwire.server.command.CommandException;
import org.hgwire.server.command.CommandSettings;
import org.hgwire.server.command.standard.LongLine;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.Repository;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.StoredDelta;
import org.hgwire.server.repository.StoredRevision;
import org.hgwire.server.repository.memory.MemoryCommit;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class BundleSourceTest {
  @ParameterizedTest
  @EnumSource(ChangegroupVersion.class)
  void bundleOfEverythingHasEverything(ChangegroupVersion version) throws IOException {
    RandomHistory history = new RandomHistory(1, 40);
    Receiver receiver = new Receiver();
    receiver.apply(
        Bundles.read(
            history.repository(), Bundles.request(Bundles.hg20(version), List.of(), List.of())));
    assertThat(receiver.changesets().keySet()).containsExactlyElementsOf(history.nodes());
    requireComplete(receiver);
  }

  @ParameterizedTest
  @EnumSource(ChangegroupVersion.class)
  void bundleHasExactlyWhatIsMissing(ChangegroupVersion version) throws IOException {
    requireExactlyWhatIsMissing(version, repository -> repository);
  }

  @ParameterizedTest
  @EnumSource(ChangegroupVersion.class)
  void storesNeedNotListTheirRevisions(ChangegroupVersion version) throws IOException {
    requireExactlyWhatIsMissing(version, OverlaidRepository::withoutExtras);
  }

  @ParameterizedTest
  @EnumSource(ChangegroupVersion.class)
  void basesNeedNotBeParents(ChangegroupVersion version) throws IOException {
    requireExactlyWhatIsMissing(version, below -> OverlaidRepository.chained(below, true));
    requireExactlyWhatIsMissing(version, below -> OverlaidRepository.chained(below, false));
  }

  private static void requireExactlyWhatIsMissing(
      ChangegroupVersion version, UnaryOperator<Repository> overlay) throws IOException {
    for (int seed = 0; seed < 40; seed++) {
      RandomHistory history = new RandomHistory(seed, 30);
      history.withhold(seed % 3);
      Repository repository = overlay.apply(history.repository());
      List<Node> visible = visible(repository);
      for (int round = 0; round < 6; round++) {
        List<Node> common = history.some(visible, 3);
        List<Node> heads = history.some(visible, 3);
        Receiver receiver = new Receiver();
        if (!common.isEmpty()) {
          receiver.apply(
              Bundles.read(repository, Bundles.request(Bundles.hg20(version), common, List.of())));
        }
        receiver.apply(
            Bundles.read(repository, Bundles.request(Bundles.hg20(version), heads, common)));
        Set<Node> expected = new HashSet<>(ancestors(repository, common));
        expected.addAll(heads.isEmpty() ? visible : ancestors(repository, heads));
        assertThat(receiver.changesets().keySet())
            .as("seed %s, round %s", seed, round)
            .isEqualTo(expected);
        requireComplete(receiver);
        requireNothingElse(receiver);
      }
    }
  }

  @Test
  void changesetsThatAreSecretOrHiddenAreLeftOut() throws IOException {
    MemoryRepository repository = MemoryRepository.publishing();
    Node base = repository.commit().write("a", "1\n").message("base").commit();
    Node hidden = repository.commit().write("b", "same\n").message("hidden").commit();
    Node again = repository.commit().parent(base).write("b", "same\n").message("again").commit();
    Node secret =
        repository.commit().write("c", "secret\n").message("secret").phase(Phase.SECRET).commit();
    repository.hide(hidden);
    Receiver receiver = new Receiver();
    receiver.apply(
        Bundles.read(
            repository,
            Bundles.request(Bundles.hg20(ChangegroupVersion.V02), List.of(), List.of())));
    assertThat(receiver.changesets().keySet()).containsExactly(base, again);
    assertThat(receiver.file(ByteString.utf8("b")).values())
        .containsExactly(ByteString.utf8("same\n"));
    assertThat(receiver.links().values()).doesNotContain(hidden, secret);
    assertThat(receiver.files().keySet()).doesNotContain(ByteString.utf8("c"));
    requireComplete(receiver);
  }

  @Test
  void headThatIsUnknownOrWithheldIsNamed() throws IOException {
    MemoryRepository repository = MemoryRepository.publishing();
    repository.commit().write("a", "1\n").commit();
    Node secret = repository.commit().write("a", "2\n").phase(Phase.SECRET).commit();
    Node unknown = Node.fromHex("1".repeat(40));
    for (Node head : List.of(secret, unknown)) {
      BundleRequest request =
          Bundles.request(Bundles.hg20(ChangegroupVersion.V02), List.of(head), List.of());
      assertThatThrownBy(() -> Bundles.read(repository, request))
          .isInstanceOf(CommandException.class)
          .hasMessage("the changeset " + head + " is unknown");
    }
  }

  @Test
  void commonThatIsUnknownIsIgnored() throws IOException {
    RandomHistory history = new RandomHistory(2, 10);
    Receiver receiver = new Receiver();
    receiver.apply(
        Bundles.read(
            history.repository(),
            Bundles.request(
                Bundles.hg20(ChangegroupVersion.V02),
                List.of(),
                List.of(Node.fromHex("1".repeat(40)), Node.NULL))));
    assertThat(receiver.changesets()).hasSize(10);
  }

  @Test
  void nothingMissingIsNoChangegroup() throws IOException {
    RandomHistory history = new RandomHistory(3, 10);
    Receiver receiver = new Receiver();
    receiver.apply(
        Bundles.read(
            history.repository(),
            Bundles.request(Bundles.hg20(ChangegroupVersion.V02), List.of(Node.NULL), List.of())));
    assertThat(receiver.parts()).isEmpty();
  }

  @Test
  void clientWithoutBundlesGetsChangegroup() throws IOException {
    RandomHistory history = new RandomHistory(4, 20);
    Receiver receiver = new Receiver();
    receiver.applyChangegroup(
        Bundles.read(
            history.repository(), Bundles.request(new BundleFormat.Bare(), List.of(), List.of())));
    assertThat(receiver.changesets()).hasSize(20);
    requireComplete(receiver);
  }

  @Test
  void filesAreCompressedAsRequested() throws IOException {
    RandomHistory history = new RandomHistory(5, 20);
    for (BundleFormat format :
        List.of(
            new BundleFormat.Hg10(BundleCompression.NONE),
            new BundleFormat.Hg10(BundleCompression.ZLIB),
            new BundleFormat.Hg20(ChangegroupVersion.V02, BundleCompression.ZLIB),
            new BundleFormat.Hg20(ChangegroupVersion.V03, BundleCompression.ZSTD))) {
      Receiver receiver = new Receiver();
      receiver.apply(Bundles.read(history.repository(), BundleRequest.everything(format)));
      assertThat(receiver.changesets()).as("%s", format).hasSize(20);
      requireComplete(receiver);
    }
  }

  @Test
  void textsAboveTheLimitAreStreamedWhole() throws IOException {
    MemoryRepository repository = MemoryRepository.publishing();
    String text = "0123456789\n".repeat(30_000);
    repository.commit().write("a", text).commit();
    repository.commit().write("a", text + "1\n").commit();
    for (ChangegroupVersion version : ChangegroupVersion.values()) {
      Receiver receiver = new Receiver();
      receiver.apply(
          Bundles.read(
              repository,
              BundleRequest.everything(Bundles.hg20(version)),
              CommandSettings.defaults().withMaxDeltaText(100_000)));
      assertThat(receiver.file(ByteString.utf8("a")).values())
          .containsExactly(ByteString.utf8(text), ByteString.utf8(text + "1\n"));
    }
  }

  @Test
  void bundleOfMoreFilesThanAllowedIsRefused() throws IOException {
    MemoryRepository repository = MemoryRepository.publishing();
    repository.commit().write("a", "1\n").write("b", "1\n").write("c", "1\n").commit();
    BundleRequest request = BundleRequest.everything(Bundles.hg20(ChangegroupVersion.V02));
    assertThat(
            Bundles.read(repository, request, CommandSettings.defaults().withMaxFileRevisions(4)))
        .isNotEmpty();
    assertThatThrownBy(
            () ->
                Bundles.read(
                    repository, request, CommandSettings.defaults().withMaxFileRevisions(2)))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("more than 2 files and revisions");
  }

  @Test
  void storedDeltasAreSentAsTheyAre() throws IOException {
    MemoryRepository repository = MemoryRepository.publishing();
    MemoryCommit first = repository.commit().write("a", "line\n".repeat(100));
    for (int i = 0; i < 9; i++) {
      first.write("other" + i, "");
    }
    first.commit();
    for (int i = 0; i < 5; i++) {
      repository.commit().write("a", "line\n".repeat(100) + i + "\n").commit();
    }
    Set<Node> opened = new HashSet<>();
    Repository watched =
        new OverlaidRepository(
            repository,
            true,
            (store, revision) ->
                new OverlaidRepository.Overlaid(revision) {
                  @Override
                  public InputStream open() throws IOException {
                    opened.add(node());
                    return super.open();
                  }
                });
    for (ChangegroupVersion version : ChangegroupVersion.values()) {
      opened.clear();
      Receiver receiver = new Receiver();
      receiver.apply(Bundles.read(watched, BundleRequest.everything(Bundles.hg20(version))));
      requireComplete(receiver);
      Node firstManifest = receiver.manifests().keySet().iterator().next();
      Node firstFile = receiver.file(ByteString.utf8("a")).keySet().iterator().next();
      assertThat(opened)
          .as("%s", version)
          .hasSize(3)
          .contains(firstManifest, firstFile, NodeHasher.hash(Parents.NONE, ByteString.empty()));
    }
  }

  @ParameterizedTest
  @EnumSource(ChangegroupVersion.class)
  void tombstonesOfCensoredRevisionsAreSent(ChangegroupVersion version) throws IOException {
    MemoryRepository repository = MemoryRepository.publishing();
    repository.commit().write("a", "one\n".repeat(50)).commit();
    repository.commit().write("a", "secret\n" + "one\n".repeat(50)).commit();
    repository.commit().write("a", "three\n" + "one\n".repeat(50)).commit();
    ByteString tombstone = ByteString.utf8("\1\ncensored: gone\n\1\n" + "one\n".repeat(50));
    Node censored;
    try (RepositorySnapshot snapshot = repository.snapshot()) {
      censored = Objects.requireNonNull(snapshot.changes(1).get(0).node());
    }
    Repository store =
        new OverlaidRepository(
            repository, true, (log, revision) -> censor(revision, censored, tombstone));
    Receiver receiver = new Receiver();
    receiver.apply(Bundles.read(store, BundleRequest.everything(Bundles.hg20(version))));
    assertThat(receiver.file(ByteString.utf8("a")))
        .hasSize(3)
        .containsEntry(censored, tombstone)
        .containsValue(ByteString.utf8("three\n" + "one\n".repeat(50)));
    assertThat(receiver.flags().get(censored))
        .isEqualTo(version == ChangegroupVersion.V03 ? DeltaHeader.CENSORED : 0);
    if (version != ChangegroupVersion.V01) {
      assertThat(receiver.bases().values()).doesNotContain(censored);
    }
  }

  private static StoredRevision censor(
      StoredRevision revision, Node censored, ByteString tombstone) {
    return new OverlaidRepository.Overlaid(revision) {
      private boolean isCensored() {
        return node().equals(censored);
      }

      @Override
      public int flags() {
        return isCensored() ? DeltaHeader.CENSORED : 0;
      }

      @Override
      public long size() {
        return isCensored() ? tombstone.length() : super.size();
      }

      @Override
      public InputStream open() throws IOException {
        return isCensored() ? new ByteArrayInputStream(tombstone.toByteArray()) : super.open();
      }

      @Override
      public @Nullable StoredDelta delta() throws IOException {
        StoredDelta delta = super.delta();
        return isCensored() || delta == null || delta.base().equals(censored) ? null : delta;
      }
    };
  }

  /** The parts, their names, order and payloads are those of hg 5.6 to 7.2. */
  @Test
  void partsAreThoseOfMercurial() throws IOException {
    MemoryRepository repository = MemoryRepository.nonPublishing();
    Node root = repository.commit().write("a", "1\n").message("root").commit();
    Node shared = repository.commit().write("a", "2\n").message("public").commit();
    Node draft = repository.commit().parent(root).write("b", "3\n").message("draft").commit();
    repository.phase(shared, Phase.PUBLIC);
    repository.bookmark("bm", root);
    Receiver receiver = new Receiver();
    receiver.apply(
        Bundles.read(
            repository,
            new BundleRequest(
                List.of(shared, draft),
                List.of(),
                Bundles.hg20(ChangegroupVersion.V02),
                new BundleParts(
                    true,
                    true,
                    List.of(ByteString.utf8("phases"), ByteString.utf8("nosuch")),
                    Set.of(),
                    true))));
    assertThat(receiver.parts())
        .extracting(part -> part.header().name())
        .containsExactly("CHANGEGROUP", "BOOKMARKS", "LISTKEYS", "LISTKEYS", "PHASE-HEADS");
    assertThat(receiver.parts().get(0).header().mandatory())
        .isEqualTo(Map.of(ByteString.utf8("version"), ByteString.utf8("02")));
    assertThat(receiver.parts().get(0).header().advisory())
        .isEqualTo(Map.of(ByteString.utf8("nbchanges"), ByteString.utf8("3")));
    assertThat(receiver.parts().get(1).payload().hex()).isEqualTo(root.hex() + "0002626d");
    assertThat(receiver.parts().get(2).header().mandatory())
        .isEqualTo(Map.of(ByteString.utf8("namespace"), ByteString.utf8("phases")));
    assertThat(receiver.parts().get(2).payload()).isEqualTo(ByteString.utf8(draft.hex() + "\t1"));
    assertThat(receiver.parts().get(3).payload()).isEqualTo(ByteString.empty());
    assertThat(receiver.parts().get(4).payload().hex())
        .isEqualTo("00000000" + shared.hex() + "00000001" + draft.hex());
  }

  @Test
  void publishingRepositorySendsAllAsPublic() throws IOException {
    MemoryRepository repository = MemoryRepository.publishing();
    repository.commit().write("a", "1\n").commit();
    Node draft = repository.commit().write("a", "2\n").commit();
    Receiver receiver = new Receiver();
    receiver.apply(
        Bundles.read(
            repository,
            new BundleRequest(
                List.of(draft),
                List.of(draft),
                Bundles.hg20(ChangegroupVersion.V02),
                new BundleParts(true, false, List.of(), Set.of(), true))));
    assertThat(receiver.parts()).hasSize(1);
    assertThat(receiver.part("PHASE-HEADS").payload().hex()).isEqualTo("00000000" + draft.hex());
  }

  @Test
  void turnsAreShortAndWorkIsLinear() throws IOException {
    int count = 100_000;
    LongLine line = new LongLine(count, 10);
    long longest = 0;
    BundleRequest request =
        new BundleRequest(
            List.of(),
            List.of(),
            Bundles.hg20(ChangegroupVersion.V02),
            new BundleParts(true, true, List.of(ByteString.utf8("phases")), Set.of(), true));
    try (BundleSource source =
        BundleSource.open(line, request, CommandSettings.defaults(), WireLimits.defaults())) {
      long before = line.looks();
      for (ByteBuffer piece = source.next(); piece != null; piece = source.next()) {
        longest = Math.max(longest, line.looks() - before);
        before = line.looks();
      }
    }
    assertThat(longest).isLessThan(64 * 1024);
    assertThat(line.looks()).isBetween((long) count, 40L * count);
    assertThat(line.isOpen()).isFalse();
  }

  private static List<Node> visible(Repository repository) throws IOException {
    try (RepositorySnapshot snapshot = repository.snapshot()) {
      ChangesetIndex index = snapshot.changesets();
      BitSet withheld = new BitSet();
      Set<Node> nodes = new LinkedHashSet<>();
      for (int r = 0; r < index.count(); r++) {
        if (index.hidden(r)
            || index.phase(r) == Phase.SECRET
            || (index.parent1(r) >= 0 && withheld.get(index.parent1(r)))
            || (index.parent2(r) >= 0 && withheld.get(index.parent2(r)))) {
          withheld.set(r);
        } else {
          nodes.add(index.node(r));
        }
      }
      return List.copyOf(nodes);
    }
  }

  private static Set<Node> ancestors(Repository repository, List<Node> heads) throws IOException {
    try (RepositorySnapshot snapshot = repository.snapshot()) {
      ChangesetIndex index = snapshot.changesets();
      BitSet found = new BitSet();
      heads.forEach(head -> found.set(index.revision(head)));
      Set<Node> nodes = new HashSet<>();
      for (int r = found.length() - 1; r >= 0; r = found.previousSetBit(r - 1)) {
        nodes.add(index.node(r));
        for (int parent : new int[] {index.parent1(r), index.parent2(r)}) {
          if (parent >= 0) {
            found.set(parent);
          }
        }
      }
      return nodes;
    }
  }

  /** Requires the manifest of each changeset, and the files of each manifest. */
  private static void requireComplete(Receiver receiver) {
    for (Map.Entry<Node, ByteString> changeset : receiver.changesets().entrySet()) {
      Node manifest = ChangesetText.manifestOf(changeset.getValue());
      if (manifest.isNull()) {
        continue;
      }
      assertThat(receiver.manifests()).containsKey(manifest);
      ManifestText.Cursor entries =
          ManifestText.cursor(Objects.requireNonNull(receiver.manifests().get(manifest)));
      while (entries.next()) {
        assertThat(receiver.file(entries.path()))
            .as("%s in %s", entries.path(), changeset.getKey())
            .containsKey(entries.node());
      }
    }
  }

  /** Requires that a changeset refers to each manifest and file revision. */
  private static void requireNothingElse(Receiver receiver) {
    Set<Node> referred = new HashSet<>();
    for (ByteString changeset : receiver.changesets().values()) {
      Node manifest = ChangesetText.manifestOf(changeset);
      if (manifest.isNull()) {
        continue;
      }
      referred.add(manifest);
      ManifestText.Cursor entries =
          ManifestText.cursor(Objects.requireNonNull(receiver.manifests().get(manifest)));
      while (entries.next()) {
        referred.add(entries.node());
      }
    }
    assertThat(referred).containsAll(receiver.manifests().keySet());
    receiver.files().values().forEach(file -> assertThat(referred).containsAll(file.keySet()));
  }
}
