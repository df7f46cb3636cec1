// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.FileField;
import org.hgwire.core.command.FilesdataHeader;
import org.hgwire.core.command.FilesdataRequest;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.PathFilter;
import org.hgwire.core.command.PathHeader;
import org.hgwire.core.command.Phase;
import org.hgwire.core.command.RevisionRecord;
import org.hgwire.core.command.RevisionSpecifier;
import org.hgwire.core.revision.ManifestFlag;
import org.hgwire.core.revision.ManifestText;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.Repository;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.RevisionCursor;
import org.hgwire.server.repository.RevisionStore;
import org.hgwire.server.repository.StoredRevision;
import org.hgwire.server.repository.memory.MemoryCommit;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Which file revisions a client gets of random histories, in which changesets remove files, change
 * flags and introduce again what others did, and some are secret or hidden.
 */
class RequestedFilesTest {
  private static final int CHANGESETS = 24;

  /** What a store can do. */
  enum Store {
    /** As that of {@link MemoryRepository}. */
    COMPLETE,
    /** It lists revisions by their first link, and knows no other. */
    FIRST_LINKS,
    /** It knows the first link of a revision, and cannot list. */
    UNLISTED
  }

  private final MemoryRepository repository = MemoryRepository.nonPublishing();
  private final List<Node> nodes = new ArrayList<>();

  @Property(tries = 400)
  void clientGetsWhatItLacksAndNothingTwice(
      @ForAll long seed, @ForAll Store store, @ForAll boolean haveParents) throws IOException {
    Random random = new Random(seed);
    for (int i = 0; i < CHANGESETS; i++) {
      commit(random);
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      Node node = nodes.get(random.nextInt(nodes.size()));
      if (random.nextBoolean()) {
        repository.hide(node);
      } else {
        repository.phase(node, Phase.SECRET);
      }
    }
    try (RepositorySnapshot snapshot = repository.snapshot()) {
      BitSet requested = requested(random, snapshot.changesets());
      BitSet known = ancestors(requested, snapshot.changesets());
      known.andNot(requested);
      Map<ByteString, Set<Node>> had = haveParents ? contents(snapshot, known) : Map.of();
      Map<ByteString, Set<Node>> got = get(snapshot, requested, store, haveParents);
      contents(snapshot, requested)
          .forEach(
              (path, all) -> {
                Set<Node> missing = new HashSet<>(all);
                missing.removeAll(had.getOrDefault(path, Set.of()));
                missing.removeAll(got.getOrDefault(path, Set.of()));
                assertThat(missing).as("missing of %s", path).isEmpty();
              });
      if (store != Store.UNLISTED && haveParents) {
        assertThat(count(got)).isLessThanOrEqualTo(count(get(snapshot, requested, store, false)));
      }
    }
  }

  @Test
  void filesOfTheSameChangesetsAreCountedOnceForAState() throws IOException {
    for (int i = 0; i < 400; i++) {
      nodes.add(repository.commit().write("f" + i % 20, "content " + i).commit());
    }
    List<CborValue> all = objects(nodes, repository, true);
    assertThat(all).hasSize(1 + 20 + 400);
    assertThat(lookups(nodes)).isEqualTo(20);
    assertThat(objects(nodes, repository, true)).isEqualTo(all);
    assertThat(lookups(nodes.subList(300, 400))).as("few are not kept").isEqualTo(40);
    assertThat(lookups(nodes.subList(300, 400))).as("few are not kept").isEqualTo(40);
    repository.commit().write("f7", "another state").commit();
    assertThat(lookups(nodes)).isEqualTo(40);
    assertThat(lookups(nodes)).isEqualTo(20);
    assertThat(objects(nodes, repository, true)).isEqualTo(all);
  }

  /** Returns how often stores list revisions: to count them, and to send them. */
  private int lookups(List<Node> changesets) {
    AtomicInteger cursors = new AtomicInteger();
    objects(changesets, counting(cursors), true);
    return cursors.get();
  }

  private Repository counting(AtomicInteger cursors) {
    return () ->
        replacing(
            RepositorySnapshot.class,
            repository.snapshot(),
            "file",
            file ->
                replacing(
                    RevisionStore.class,
                    (RevisionStore) file,
                    "introducedBy",
                    cursor -> {
                      cursors.incrementAndGet();
                      return cursor;
                    }));
  }

  private static int count(Map<ByteString, Set<Node>> nodes) {
    return nodes.values().stream().mapToInt(Set::size).sum();
  }

  private void commit(Random random) {
    MemoryCommit commit = repository.commit().message("m" + random.nextInt(1000));
    if (!nodes.isEmpty() && random.nextInt(3) == 0) {
      commit.parent(nodes.get(random.nextInt(nodes.size())));
    } else if (nodes.size() > 1 && random.nextInt(3) == 0) {
      int first = random.nextInt(nodes.size());
      commit.parents(nodes.get(first), nodes.get((first + 1) % nodes.size()));
    }
    for (int i = random.nextInt(3); i >= 0; i--) {
      ByteString path = ByteString.utf8("f" + random.nextInt(5));
      ByteString content = ByteString.utf8("x".repeat(60) + random.nextInt(2));
      ManifestFlag flag = random.nextInt(3) == 0 ? ManifestFlag.EXECUTABLE : ManifestFlag.FILE;
      if (random.nextInt(5) == 0) {
        commit.remove(path);
      } else {
        commit.write(path, content, flag);
      }
    }
    try {
      Node node = commit.commit();
      if (!nodes.contains(node)) {
        nodes.add(node);
      }
    } catch (IllegalArgumentException | IllegalStateException e) {
      repository.commit().message("after " + nodes.size()).commit();
      nodes.add(repository.tip());
    }
  }

  /** Draws visible changesets: some of them, or all up to one. */
  private static BitSet requested(Random random, ChangesetIndex index) {
    BitSet requested = new BitSet();
    BitSet withheld = new BitSet();
    int last = random.nextInt(index.count());
    boolean all = random.nextBoolean();
    for (int r = 0; r < index.count(); r++) {
      if (index.hidden(r)
          || index.phase(r) == Phase.SECRET
          || parents(index, r).anyMatch(withheld::get)) {
        withheld.set(r);
      } else if (all ? r <= last : random.nextInt(3) == 0) {
        requested.set(r);
      }
    }
    return requested;
  }

  private static IntStream parents(ChangesetIndex index, int revision) {
    return IntStream.of(index.parent1(revision), index.parent2(revision))
        .filter(parent -> parent != ChangesetIndex.NONE);
  }

  private static BitSet ancestors(BitSet changesets, ChangesetIndex index) {
    BitSet found = (BitSet) changesets.clone();
    for (int r = found.length() - 1; r >= 0; r = found.previousSetBit(r - 1)) {
      parents(index, r).forEach(found::set);
    }
    return found;
  }

  /** Returns the file revisions that the manifests of changesets have, by path. */
  private static Map<ByteString, Set<Node>> contents(RepositorySnapshot snapshot, BitSet changesets)
      throws IOException {
    Map<ByteString, Set<Node>> contents = new HashMap<>();
    for (int r : changesets.stream().toArray()) {
      contents(snapshot, r)
          .forEach((path, node) -> contents.computeIfAbsent(path, p -> new HashSet<>()).add(node));
    }
    return contents;
  }

  private static Map<ByteString, Node> contents(RepositorySnapshot snapshot, int changeset)
      throws IOException {
    Map<ByteString, Node> contents = new HashMap<>();
    Node manifest = snapshot.changesets().manifest(changeset);
    if (!manifest.isNull()) {
      RevisionStore store = Objects.requireNonNull(snapshot.manifests(ByteString.empty()));
      try (InputStream text = Objects.requireNonNull(store.find(manifest)).open()) {
        ManifestText.Cursor cursor = ManifestText.cursor(ByteString.copyOf(text.readAllBytes()));
        while (cursor.next()) {
          contents.put(cursor.path(), cursor.node());
        }
      }
    }
    return contents;
  }

  /** Requests files, and checks that each revision is of the changeset that it is linked to. */
  private Map<ByteString, Set<Node>> get(
      RepositorySnapshot snapshot, BitSet requested, Store store, boolean haveParents)
      throws IOException {
    List<Node> changesets = requested.stream().mapToObj(snapshot.changesets()::node).toList();
    List<CborValue> objects = objects(changesets, repository(store), haveParents);
    Map<ByteString, Set<Node>> got = new HashMap<>();
    int position = 1;
    while (position < objects.size()) {
      PathHeader path = PathHeader.read(objects.get(position++));
      Set<Node> ofPath = new HashSet<>();
      assertThat(got.put(path.path(), ofPath)).isNull();
      assertThat(path.totalItems()).isPositive();
      for (long i = path.totalItems(); i > 0; i--) {
        RevisionRecord record = RevisionRecord.read(objects.get(position++));
        int link = snapshot.changesets().revision(Objects.requireNonNull(record.linkNode()));
        assertThat(requested.get(link)).as("link is requested").isTrue();
        assertThat(contents(snapshot, link)).containsEntry(path.path(), record.node());
        assertThat(ofPath.add(record.node())).as("sent once").isTrue();
      }
    }
    assertThat(FilesdataHeader.read(objects.get(0)))
        .isEqualTo(new FilesdataHeader(got.size(), count(got)));
    return got;
  }

  private static List<CborValue> objects(
      List<Node> changesets, Repository repository, boolean haveParents) {
    return Calls.on(repository)
        .objects(
            new FilesdataRequest(
                List.of(new RevisionSpecifier.ChangesetExplicit(changesets)),
                EnumSet.of(FileField.LINKNODE, FileField.PARENTS),
                PathFilter.everything(),
                haveParents));
  }

  private Repository repository(Store store) {
    return store == Store.COMPLETE
        ? repository
        : () ->
            replacing(
                RepositorySnapshot.class,
                repository.snapshot(),
                "file",
                file -> file == null ? null : new Limited((RevisionStore) file, store));
  }

  /** Returns an object of which one method returns something else. */
  private static <T> T replacing(
      Class<T> type, T object, String method, UnaryOperator<Object> other) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, called, arguments) -> {
              Object result = called.invoke(object, arguments);
              return called.getName().equals(method) ? other.apply(result) : result;
            }));
  }

  /** A store that knows less. */
  private record Limited(RevisionStore store, Store kind) implements RevisionStore {
    @Override
    public @Nullable StoredRevision find(Node node) throws IOException {
      StoredRevision found = store.find(node);
      return found == null
          ? null
          : replacing(
              StoredRevision.class,
              found,
              "links",
              links -> IntStream.of(((IntStream) links).findFirst().orElseThrow()));
    }

    @Override
    public @Nullable RevisionCursor introducedBy(BitSet changesets) throws IOException {
      return kind == Store.UNLISTED ? null : store.introducedBy(changesets);
    }

    @Override
    public boolean recordsEveryLink() {
      return false;
    }
  }
}
