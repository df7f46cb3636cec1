// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.revision.NodeHasher;
import org.hgwire.store.NodeNames;
import org.hgwire.store.ObsolescenceMarkers;
import org.hgwire.store.PhaseRoot;
import org.hgwire.store.RepositoryDirectory;
import org.hgwire.store.StoreException;
import org.hgwire.store.revlog.NewRevision;
import org.hgwire.store.revlog.Revlog;
import org.hgwire.store.revlog.RevlogAppender;
import org.hgwire.store.revlog.RevlogLimits;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StoreTransactionTest {
  private static final RevlogLimits LIMITS = RevlogLimits.defaults();
  private static final ByteString SMALL = ByteString.utf8("dir/Small file");
  private static final ByteString GROWING = ByteString.utf8("growing");
  private static final ByteString LARGE = ByteString.utf8("large");

  @TempDir Path directory;
  private Path root;
  private RepositoryWriter writer;
  private final Random random = new Random(5);

  @BeforeEach
  void create() throws IOException {
    root = directory.resolve("repository");
    writer = RepositoryWriter.create(root, "https://example.com/", LIMITS);
  }

  @Test
  void emptyOneWritesNothing() throws IOException {
    Map<String, String> before = files(root);
    try (StoreTransaction transaction = begin()) {
      transaction.commit();
    }
    assertThat(files(root)).isEqualTo(before);
  }

  @Test
  void showsWhenItIsCommitted() throws IOException {
    try (StoreTransaction transaction = begin()) {
      fill(transaction);
      assertThat(root.resolve(".hg/store/00changelog.i")).doesNotExist();
      assertThat(NodeNames.bookmarks(root.resolve(".hg/bookmarks"))).isEmpty();
      transaction.commit();
    }
    try (Revlog changelog = Revlog.open(root.resolve(".hg/store/00changelog.i"), LIMITS)) {
      assertThat(changelog.count()).isEqualTo(2);
      changelog.verify(1);
    }
    assertThat(NodeNames.bookmarks(root.resolve(".hg/bookmarks"))).hasSize(1);
    assertThat(PhaseRoot.read(root.resolve(".hg/store/phaseroots"))).hasSize(1);
    assertThat(files(root).keySet()).noneMatch(name -> name.contains("journal"));
    assertThat(Files.readAllLines(root.resolve(".hg/store/fncache")))
        .containsExactlyInAnyOrder(
            "data/dir/Small file.i", "data/growing.i", "data/large.d", "data/large.i");
  }

  @Test
  void thatIsNotCommittedLeavesEveryFileAsItWas() throws IOException {
    Map<String, String> empty = files(root);
    try (StoreTransaction transaction = begin()) {
      fill(transaction);
    }
    assertThat(files(root)).isEqualTo(empty);
    commit();
    Map<String, String> before = files(root);
    for (int i = 0; i < 3; i++) {
      try (StoreTransaction transaction = begin()) {
        fill(transaction);
        fill(transaction);
      }
      assertThat(files(root)).isEqualTo(before);
    }
    commit();
    assertThat(files(root)).isNotEqualTo(before);
  }

  @Test
  void interruptedOneIsMadeUndoneByTheNext() throws IOException {
    commit();
    Map<String, String> before = files(root);
    Path killed = directory.resolve("killed");
    try (StoreTransaction transaction = begin()) {
      fill(transaction);
      fill(transaction);
      copy(root, killed);
    }
    assertThat(files(killed)).isNotEqualTo(before);
    try (RepositoryWriter next = RepositoryWriter.open(killed, LIMITS);
        StoreTransaction transaction = next.begin(Duration.ZERO)) {
      assertThat(transaction.changelog().count()).isEqualTo(2);
    }
    assertThat(files(killed)).isEqualTo(before);
  }

  @Test
  void interruptedThreadMakesItUndone() throws IOException {
    Map<String, String> before = files(root);
    try (StoreTransaction transaction = begin()) {
      fill(transaction);
      Thread.currentThread().interrupt();
    }
    assertThat(Thread.interrupted()).isTrue();
    assertThat(files(root)).isEqualTo(before);
  }

  @Test
  void journalOfMercurialIsLeftToIt() throws IOException {
    for (String journal : List.of("", "data/x.i\0" + "0\n", "journal.hgwir")) {
      Files.writeString(root.resolve(".hg/store/journal"), journal);
      Map<String, String> before = files(root);
      assertThatThrownBy(this::begin)
          .hasMessageContaining("hg recover")
          .extracting(e -> ((StoreException) e).kind())
          .isEqualTo(StoreException.Kind.INTERRUPTED);
      assertThat(files(root)).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../hgrc\0" + "0",
        "data/../../hgrc.i\0" + "0",
        "requires\0" + "0",
        "data/x\0" + "0",
        "00changelog.i\0-1",
        "00changelog.i\0x",
        "00changelog.i\0" + "9",
        "/etc/passwd\0" + "0",
        "00changelog.i",
        "data/.hg/x.i\0" + "0"
      })
  void hostileJournalTouchesNothingElse(String line) throws IOException {
    Files.writeString(root.resolve(".hg/store/journal"), "journal.hgwire\0" + "0\n" + line + "\n");
    Map<String, String> before = files(root);
    assertThatThrownBy(this::begin)
        .isInstanceOf(StoreException.class)
        .extracting(e -> ((StoreException) e).kind())
        .isEqualTo(StoreException.Kind.DAMAGED);
    assertThat(files(root)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\0hgrc\0backup\0" + "0",
        "plain\0hgrc\0backup\0" + "0",
        "\0phaseroots\0../hgrc\0" + "0",
        "plain\0../x\0backup\0" + "0"
      })
  void hostileBackupsTouchNothingElse(String line) throws IOException {
    Files.writeString(root.resolve(".hg/store/journal"), "journal.hgwire\0" + "0\n");
    Files.writeString(root.resolve(".hg/store/journal.backupfiles"), "2\n" + line + "\n");
    Map<String, String> before = files(root);
    assertThatThrownBy(this::begin).isInstanceOf(StoreException.class);
    assertThat(files(root)).isEqualTo(before);
  }

  @Test
  void fileWithOtherLinksIsCopiedBefore() throws IOException {
    commit();
    List<String> names = List.of("data/growing.i", "data/large.d", "data/dir/_small file.i");
    Path links = Files.createDirectory(directory.resolve("links"));
    for (int i = 0; i < names.size(); i++) {
      Files.createLink(links.resolve("" + i), root.resolve(".hg/store/" + names.get(i)));
    }
    Map<String, String> before = files(links);
    commit();
    assertThat(files(links)).isEqualTo(before);
    assertThat(root.resolve(".hg/store/data/dir/_small file.i")).hasSize(2 * (64 + 11));
  }

  @Test
  void undoFilesOfMercurialAreRemoved() throws IOException {
    Files.writeString(root.resolve(".hg/store/undo"), "00changelog.i\0" + "0\n");
    Files.writeString(root.resolve(".hg/store/undo.phaseroots"), "");
    Files.writeString(root.resolve(".hg/undo.desc"), "0\ncommit\n");
    commit();
    assertThat(files(root).keySet()).noneMatch(name -> name.contains("undo"));
  }

  @Test
  void markersThatThereAreAreLeftOut() throws IOException {
    ByteString one = marker(1);
    ByteString two = marker(2);
    for (List<ByteString> added : List.of(List.of(one), List.of(one, two, two), List.of(two))) {
      try (StoreTransaction transaction = begin()) {
        transaction.addMarkers(added);
        transaction.commit();
      }
    }
    try (ObsolescenceMarkers markers =
        ObsolescenceMarkers.open(root.resolve(".hg/store/obsstore"))) {
      assertThat(markers.next()).isTrue();
      assertThat(markers.stored()).isEqualTo(one);
      assertThat(markers.next()).isTrue();
      assertThat(markers.stored()).isEqualTo(two);
      assertThat(markers.next()).isFalse();
    }
  }

  @Test
  void secondOneOfTheSameRepositoryIsRefused() throws IOException {
    try (StoreTransaction transaction = begin();
        RepositoryWriter other = RepositoryWriter.open(root, LIMITS)) {
      assertThat(transaction).isNotNull();
      assertThatThrownBy(() -> other.begin(Duration.ZERO))
          .extracting(e -> ((StoreException) e).kind())
          .isEqualTo(StoreException.Kind.LOCKED);
    }
    begin().close();
  }

  @Test
  void fileLogThatIsOpenIsNotCommitted() throws IOException {
    try (StoreTransaction transaction = begin();
        RevlogAppender log = transaction.fileLog(SMALL)) {
      assertThat(log.count()).isZero();
      assertThatThrownBy(transaction::commit).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void requirementsThatAreNotWrittenAreRefusedByName() throws IOException {
    Path requires = root.resolve(".hg/requires");
    String known = Files.readString(requires);
    for (String name : List.of("persistent-nodemap", "bookmarksinstore", "exp-archived-phase")) {
      Files.writeString(requires, known + name + "\n");
      assertThatThrownBy(() -> RepositoryWriter.open(root, LIMITS))
          .hasMessageContaining(name)
          .extracting(e -> ((StoreException) e).kind())
          .isEqualTo(StoreException.Kind.UNSUPPORTED);
      assertThatThrownBy(this::begin).hasMessageContaining(name);
    }
    Files.writeString(requires, known.replace("generaldelta\n", ""));
    assertThatThrownBy(this::begin).hasMessageContaining("generaldelta");
  }

  @Test
  void repositoryIsNotMadeWhereOneIs() throws IOException {
    Map<String, String> before = files(root);
    assertThatThrownBy(() -> RepositoryWriter.create(root, null, LIMITS))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(files(root)).isEqualTo(before);
    assertThat(RepositoryDirectory.open(root).requirements()).contains("store");
    assertThat(Files.readString(root.resolve(".hg/hgrc"))).contains("example.com");
  }

  private StoreTransaction begin() throws IOException {
    return writer.begin(Duration.ZERO);
  }

  private void commit() throws IOException {
    try (StoreTransaction transaction = begin()) {
      fill(transaction);
      transaction.commit();
    }
  }

  /** Appends two changesets and a bit of everything. */
  private void fill(StoreTransaction transaction) throws IOException {
    int link = transaction.changelog().count();
    for (int i = 0; i < 2; i++) {
      append(transaction.changelog(), link + i, noise(300));
      append(transaction.manifests(), link + i, noise(60));
    }
    for (Map.Entry<ByteString, Integer> each :
        Map.of(SMALL, 10, GROWING, 80_000, LARGE, 300_000).entrySet()) {
      try (RevlogAppender log = transaction.fileLog(each.getKey())) {
        append(log, link, noise(each.getValue()));
      }
    }
    transaction.setBookmarks(Map.of(ByteString.utf8("mark " + link), node(noise(9))));
    transaction.setPhaseRoots(List.of(new PhaseRoot(PhaseRoot.DRAFT, node(noise(8)))));
    transaction.addMarkers(List.of(marker(link)));
  }

  private static void append(RevlogAppender log, int link, byte[] text) throws IOException {
    Node parent = log.count() == 0 ? Node.NULL : log.node(log.count() - 1);
    Node node = NodeHasher.of(parent, Node.NULL).update(ByteBuffer.wrap(text)).finish();
    log.append(new NewRevision(node, parent, Node.NULL, link, 0, ByteBuffer.wrap(text), null));
  }

  private static Node node(byte[] text) {
    return NodeHasher.of(Node.NULL, Node.NULL).update(ByteBuffer.wrap(text)).finish();
  }

  private byte[] noise(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** A marker of version 1 without successors and metadata. */
  private static ByteString marker(int number) {
    ByteBuffer marker = ByteBuffer.allocate(39);
    marker.putInt(39).putDouble(number).putShort((short) 0).putShort((short) 0);
    marker.put((byte) 0).put((byte) 3).put((byte) 0);
    return ByteString.copyOf(marker.array());
  }

  /** Returns the content of each file but the locks. */
  private static Map<String, String> files(Path root) throws IOException {
    Map<String, String> contents = new HashMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.toList()) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          contents.put(
              root.relativize(file).toString(),
              Files.readString(file, StandardCharsets.ISO_8859_1));
        }
      }
    }
    return contents;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : all.toList()) {
        if (!Files.isSymbolicLink(file)) {
          Files.copy(file, to.resolve(from.relativize(file).toString()));
        }
      }
    }
  }
}
