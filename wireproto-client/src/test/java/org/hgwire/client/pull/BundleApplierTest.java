// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.hgwire.client.bundle.BundleException;
import org.hgwire.client.bundle.BundleFault;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.RevisionText;
import org.hgwire.client.store.RepositorySink;
import org.hgwire.client.testing.MemorySink;
import org.hgwire.client.testing.RepositoryContents;
import org.hgwire.core.ByteString;
import org.hgwire.core.bundle.BundleCompression;
import org.hgwire.core.bundle.ChangegroupVersion;
import org.hgwire.core.bundle.DeltaHeader;
import org.hgwire.core.bundle.Segment;
import org.hgwire.core.command.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BundleApplierTest {
  private static final int CHANGESETS = 0;
  private static final int MANIFESTS = 1;
  private static final int F = 2;

  @TempDir Path directory;
  private final ScriptedRepository repository = new ScriptedRepository(3_000).grow(12);

  private PullOptions options(int textInMemory) {
    return PullOptions.DEFAULT
        .withBatchSize(7)
        .withTextInMemory(textInMemory)
        .withCacheBytes(100_000)
        .withDirectory(directory);
  }

  private Path store() {
    return directory.resolve("store");
  }

  private PullSummary apply(byte[] bundle) throws IOException {
    return apply(bundle, 1_000);
  }

  private PullSummary apply(byte[] bundle, PullSink sink) throws IOException {
    return BundleApplier.apply(new ByteArrayInputStream(bundle), sink, options(1_000));
  }

  private PullSummary apply(byte[] bundle, int textInMemory) throws IOException {
    try (PullSink sink = RepositorySink.open(store())) {
      return BundleApplier.apply(new ByteArrayInputStream(bundle), sink, options(textInMemory));
    }
  }

  /** Written by Mercurial 7.2.4; the second one has obsolescence markers and phases. */
  @ParameterizedTest
  @ValueSource(strings = {"gzip-v3.hg", "zstd-v3-obsolescence.hg"})
  void bundlesOfVersion3AreApplied(String name) throws IOException {
    try (InputStream file = requireNonNull(getClass().getResourceAsStream(name))) {
      PullSummary summary = apply(file.readAllBytes());
      assertThat(summary.changesets()).isEqualTo(4);
      assertThat(summary.manifests()).isEqualTo(4);
      assertThat(summary.fileRevisions()).isEqualTo(4);
    }
  }

  private void requireAll() throws IOException {
    try (PullSink sink = RepositorySink.open(store())) {
      requireAll(sink);
    }
  }

  private void requireAll(PullSink sink) throws IOException {
    assertThat(sink.incomplete()).isEmpty();
    for (ScriptedRepository.Revision changeset : repository.changesets) {
      requireText(sink, RevisionKey.changeset(changeset.node()), changeset.text());
    }
    for (ScriptedRepository.Revision manifest : repository.manifests) {
      requireText(sink, RevisionKey.manifest(manifest.node()), manifest.text());
    }
    for (var file : repository.files.entrySet()) {
      for (ScriptedRepository.Revision revision : file.getValue()) {
        requireText(sink, RevisionKey.file(file.getKey(), revision.node()), revision.text());
      }
    }
  }

  private static void requireText(PullSink sink, RevisionKey key, ByteString text)
      throws IOException {
    RevisionText found = requireNonNull(sink.open(key), key.toString());
    try (InputStream in = found.open()) {
      assertThat(ByteString.copyOf(in.readAllBytes())).isEqualTo(text);
    }
  }

  private static void assertFault(ThrowingCallable call, BundleFault fault, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            BundleException.class, e -> assertThat(e.fault()).as(e.toString()).isEqualTo(fault))
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000_000, 1_000, 0})
  void everyRevisionIsVerifiedWithAnyBoundOfMemory(int textInMemory) throws Exception {
    ScriptedBundle bundle = ScriptedBundle.of(repository);
    assertThat(apply(bundle.hg20(BundleCompression.ZSTD), textInMemory))
        .satisfies(
            summary -> {
              assertThat(summary.changesets()).isEqualTo(12);
              assertThat(summary.manifests()).isEqualTo(12);
              assertThat(summary.fileRevisions()).isEqualTo(24);
            });
    requireAll();
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).containsExactly(store());
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyCompressionOfHg20IsRead(BundleCompression compression) throws Exception {
    apply(ScriptedBundle.of(repository).hg20(compression));
    requireAll();
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "ZLIB", "BZIP2"})
  void everyCompressionOfHg10IsRead(BundleCompression compression) throws Exception {
    apply(ScriptedBundle.of(repository).hg10(compression));
    requireAll();
  }

  @ParameterizedTest
  @EnumSource
  void everyVersionOfChangegroupsIsRead(ChangegroupVersion version) throws Exception {
    apply(ScriptedBundle.of(repository).version(version).hg20(BundleCompression.NONE));
    requireAll();
  }

  @Test
  void aDeltaThatComesInPiecesIsPutTogether() throws Exception {
    ScriptedRepository large = new ScriptedRepository(300_000).grow(2);
    try (PullSink sink = RepositorySink.open(store())) {
      byte[] bundle = ScriptedBundle.of(large).hg20(BundleCompression.ZLIB);
      BundleApplier.apply(new ByteArrayInputStream(bundle), sink, options(100_000));
      for (var revision : requireNonNull(large.files.get(ByteString.utf8("f")))) {
        requireText(sink, RevisionKey.file(ByteString.utf8("f"), revision.node()), revision.text());
      }
    }
  }

  @Test
  void whatTheSinkHasIsPassedOver() throws Exception {
    byte[] bundle = ScriptedBundle.of(repository).hg20(BundleCompression.NONE);
    apply(bundle);
    assertThat(apply(bundle)).isEqualTo(new PullSummary(0, 0, 0, 0));
    requireAll();
  }

  @Test
  void anIncrementalBundleGoesOnFromWhatTheSinkHas() throws Exception {
    byte[] first = ScriptedBundle.of(repository, 0, 5).hg20(BundleCompression.NONE);
    byte[] second = ScriptedBundle.of(repository, 5, 12).hg20(BundleCompression.NONE);
    assertFault(() -> apply(second), BundleFault.DAMAGED, "its parent");
    assertThat(apply(first).changesets()).isEqualTo(5);
    assertThat(apply(second).changesets()).isEqualTo(7);
    requireAll();
  }

  @ParameterizedTest
  @ValueSource(ints = {CHANGESETS, MANIFESTS, F})
  void damagedRevisionNeverReachesTheSink(int group) throws Exception {
    ScriptedBundle bundle = ScriptedBundle.of(repository);
    Node node = bundle.entries(group).get(4).header().node();
    bundle.damage(group, 4);
    try (PullSink sink = new MemorySink()) {
      assertFault(
          () -> apply(bundle.hg20(BundleCompression.NONE), sink), BundleFault.DAMAGED, node.hex());
      for (int number = 0; number < 12; number++) {
        Node changeset = repository.changesets.get(number).node();
        Node manifest = repository.manifests.get(number).node();
        // Changesets come in windows, each of them whole or not at all.
        assertThat(sink.has(RevisionKey.changeset(changeset))).isEqualTo(group > CHANGESETS);
        assertThat(sink.has(RevisionKey.manifest(manifest)))
            .isEqualTo(group > MANIFESTS || (group == MANIFESTS && number < 4));
      }
      apply(ScriptedBundle.of(repository).hg20(BundleCompression.NONE), sink);
      requireAll(sink);
    }
  }

  @Test
  void aManifestThatNoChangesetNamesIsRefused() {
    ScriptedBundle bundle = ScriptedBundle.of(repository);
    bundle
        .entries(MANIFESTS)
        .add(
            ScriptedBundle.whole(
                ByteString.utf8("evil\0" + "ab".repeat(20) + "\n"),
                repository.changesets.get(1).node()));
    assertFault(
        () -> apply(bundle.hg20(BundleCompression.NONE)),
        BundleFault.NOT_NAMED,
        "which no changeset names");
  }

  @Test
  void aFileRevisionThatNoManifestNamesIsRefused() throws Exception {
    ScriptedBundle bundle = ScriptedBundle.of(repository);
    ScriptedBundle.Entry evil =
        ScriptedBundle.whole(ByteString.utf8("evil"), repository.changesets.get(1).node());
    bundle.entries(F).add(evil);
    assertFault(
        () -> apply(bundle.hg20(BundleCompression.NONE)),
        BundleFault.NOT_NAMED,
        "which no manifest names");
    try (PullSink sink = RepositorySink.open(store())) {
      assertThat(sink.has(RevisionKey.file(ByteString.utf8("f"), evil.header().node()))).isFalse();
    }
  }

  @Test
  void aFileRevisionUnderAnotherPathIsRefused() {
    ScriptedBundle bundle = ScriptedBundle.of(repository);
    bundle.groups.add(
        new ScriptedBundle.Group(Segment.FILES, ByteString.utf8("h"), bundle.entries(F)));
    assertFault(
        () -> apply(bundle.hg20(BundleCompression.NONE)),
        BundleFault.NOT_NAMED,
        "of file h, which no manifest names");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "/etc/x", "a//b", "./a", "a/../b", "..", "a/..", ".HG/hgrc"})
  void aPathThatLeavesTheRepositoryIsRefused(String path) {
    ScriptedBundle bundle = ScriptedBundle.of(repository);
    bundle.groups.add(
        new ScriptedBundle.Group(Segment.FILES, ByteString.utf8(path), bundle.entries(F)));
    assertFault(
        () -> apply(bundle.hg20(BundleCompression.NONE)),
        BundleFault.UNSUPPORTED,
        "whose path " + path);
  }

  @Test
  void fileRevisionsLinkToWhatTheManifestsSay() throws IOException {
    apply(ScriptedBundle.of(repository).hg20(BundleCompression.NONE));
    List<String> honest = RepositoryContents.revisions(store());
    for (Node link : List.of(repository.changesets.get(3).node(), node('e'), Node.NULL)) {
      RepositoryContents.delete(store());
      ScriptedBundle bundle = ScriptedBundle.of(repository);
      bundle.relink(F, 2, link, 0);
      apply(bundle.hg20(BundleCompression.NONE));
      assertThat(RepositoryContents.revisions(store())).isEqualTo(honest);
    }
  }

  @Test
  void foreignLinknodesOfChangesetsAndManifestsAreRefused() {
    ScriptedBundle manifests = ScriptedBundle.of(repository);
    manifests.relink(MANIFESTS, 2, node('e'), 0);
    assertFault(
        () -> {
          RepositoryContents.delete(store());
          apply(manifests.hg20(BundleCompression.NONE));
        },
        BundleFault.NOT_NAMED,
        "unknown changeset");
    ScriptedBundle changesets = ScriptedBundle.of(repository);
    changesets.relink(CHANGESETS, 2, node('e'), 0);
    assertFault(
        () -> {
          RepositoryContents.delete(store());
          apply(changesets.hg20(BundleCompression.NONE));
        },
        BundleFault.DAMAGED,
        "names another changeset");
  }

  private static Node node(char digit) {
    return Node.fromHex(String.valueOf(digit).repeat(40));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {DeltaHeader.CENSORED, DeltaHeader.ELLIPSIS, DeltaHeader.EXTERNALLY_STORED, 1})
  void revisionsWithFlagsAreRefused(int flags) {
    ScriptedBundle bundle = ScriptedBundle.of(repository).version(ChangegroupVersion.V03);
    bundle.relink(F, 3, repository.changesets.get(3).node(), flags);
    assertFault(
        () -> apply(bundle.hg20(BundleCompression.NONE)),
        BundleFault.UNSUPPORTED,
        "with the flags " + flags);
  }

  @Test
  void treeManifestsAreRefused() {
    ScriptedBundle bundle = ScriptedBundle.of(repository).version(ChangegroupVersion.V03);
    bundle.groups.add(
        2,
        new ScriptedBundle.Group(
            Segment.TREE_MANIFESTS, ByteString.utf8("d/"), bundle.entries(MANIFESTS)));
    assertFault(
        () -> apply(bundle.hg20(BundleCompression.NONE)),
        BundleFault.UNSUPPORTED,
        "tree manifests");
  }

  @Test
  void knownPartsAreSkippedAndUnknownMandatoryOnesRefused() throws Exception {
    ScriptedBundle bundle = ScriptedBundle.of(repository);
    for (String name : List.of("PHASE-HEADS", "BOOKMARKS", "HGTAGSFNODES", "future")) {
      bundle.parts.add(new ScriptedBundle.Part(name, Map.of(), ByteString.utf8("anything")));
    }
    apply(bundle.hg20(BundleCompression.ZLIB));
    requireAll();
    bundle.parts.add(new ScriptedBundle.Part("FUTURE", Map.of(), ByteString.empty()));
    assertFault(
        () -> apply(bundle.hg20(BundleCompression.NONE)), BundleFault.UNSUPPORTED, "FUTURE");
    bundle.parts.set(
        4,
        new ScriptedBundle.Part(
            "BOOKMARKS",
            Map.of(ByteString.utf8("new"), ByteString.utf8("way")),
            ByteString.empty()));
    assertFault(() -> apply(bundle.hg20(BundleCompression.NONE)), BundleFault.UNSUPPORTED, "new");
  }

  @Test
  void aBundleWithoutAChangegroupIsRefused() {
    assertFault(
        () -> apply(ByteString.fromHex("484732300000000000000000").toByteArray()),
        BundleFault.UNREADABLE,
        "no changegroup");
  }

  @Test
  void whatIsNoBundleIsRefused() {
    for (String text : List.of("", "<html>", "HG10XX", "HGS1UN", "HG20\0\0\0\16Compression=XX")) {
      assertThatThrownBy(() -> apply(ByteString.utf8(text).toByteArray()))
          .as(text)
          .isInstanceOf(BundleException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBundleThatIsCutAnywhereFailsAndTheNextOneGoesOn(BundleCompression compression)
      throws Exception {
    byte[] bundle = ScriptedBundle.of(repository).hg20(compression);
    int step = Math.max(1, bundle.length / 150);
    for (int length = 0; length < bundle.length; length += step) {
      byte[] cut = Arrays.copyOf(bundle, length);
      assertFault(() -> apply(cut), BundleFault.UNREADABLE, "bundle");
    }
    apply(bundle);
    requireAll();
  }

  @Test
  void bytesAfterTheEndAreRefused() {
    for (BundleCompression compression : BundleCompression.values()) {
      byte[] bundle = ScriptedBundle.of(repository).hg20(compression);
      assertFault(
          () -> apply(Arrays.copyOf(bundle, bundle.length + 1)),
          BundleFault.UNREADABLE,
          "The bundle");
    }
  }

  @Test
  void aDamagedByteIsAFaultOrChangesNoHistory() throws Exception {
    ScriptedRepository small = new ScriptedRepository(20).grow(3);
    for (BundleCompression compression : BundleCompression.values()) {
      byte[] bundle = ScriptedBundle.of(small).hg20(compression);
      for (int at = 0; at < bundle.length; at += 3) {
        byte[] damaged = bundle.clone();
        damaged[at] ^= 0x15;
        try (PullSink sink = new MemorySink()) {
          Throwable thrown =
              catchThrowable(
                  () ->
                      BundleApplier.apply(new ByteArrayInputStream(damaged), sink, options(1_000)));
          if (thrown != null) {
            assertThat(thrown).as("%s %d", compression, at).isInstanceOf(BundleException.class);
          }
          int found = 0;
          for (ScriptedRepository.Revision changeset : small.changesets) {
            found += sink.has(RevisionKey.changeset(changeset.node())) ? 1 : 0;
          }
          assertThat(thrown != null || found == 3).as("%s %d", compression, at).isTrue();
          for (Node head : sink.heads()) {
            assertThat(small.changesets).anyMatch(changeset -> changeset.node().equals(head));
          }
        }
      }
    }
  }

  @Test
  void changesetsWithAMissingFileStayIncompleteWithDescendants() throws Exception {
    ScriptedBundle bundle = ScriptedBundle.of(repository);
    List<ScriptedBundle.Entry> files = bundle.entries(F);
    files.subList(6, files.size()).clear();
    try (PullSink sink = new MemorySink()) {
      apply(bundle.hg20(BundleCompression.NONE), sink);
      assertThat(sink.incomplete())
          .containsExactlyElementsOf(
              repository.changesets.subList(6, 12).stream()
                  .map(ScriptedRepository.Revision::node)
                  .toList());
    }
  }

  @Test
  void completeChangesetsStayCompleteIfAFileFails() throws Exception {
    ScriptedBundle bundle = ScriptedBundle.of(repository);
    bundle.damage(F + 1, 6);
    try (PullSink sink = new MemorySink()) {
      assertFault(
          () -> apply(bundle.hg20(BundleCompression.NONE), sink), BundleFault.DAMAGED, "file g");
      assertThat(sink.incomplete()).hasSize(6).contains(repository.changesets.get(6).node());
    }
  }

  @Test
  void whatTheSinkThrowsIsNotTheBundlesFault() throws Exception {
    byte[] bundle = ScriptedBundle.of(repository).hg20(BundleCompression.NONE);
    PullSink closed = RepositorySink.open(store());
    closed.close();
    assertThatThrownBy(
            () -> BundleApplier.apply(new ByteArrayInputStream(bundle), closed, options(1_000)))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(BundleException.class);
  }

  @Test
  void whatTheStreamThrowsIsNotTheBundlesFault() {
    for (BundleCompression compression : BundleCompression.values()) {
      byte[] bundle = ScriptedBundle.of(repository).hg20(compression);
      InputStream failing =
          new java.io.SequenceInputStream(
              new ByteArrayInputStream(bundle, 0, bundle.length / 2),
              new InputStream() {
                @Override
                public int read() throws IOException {
                  throw new IOException("the disk is gone");
                }

                @Override
                public int read(byte[] target, int offset, int count) throws IOException {
                  return read();
                }
              });
      assertThatThrownBy(
              () -> {
                try (PullSink sink = new MemorySink()) {
                  BundleApplier.apply(failing, sink, options(1_000));
                }
              })
          .as(compression.toString())
          .hasMessage("the disk is gone");
    }
  }
}
