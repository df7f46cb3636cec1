// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.BranchmapRequest;
import org.hgwire.core.command.BranchmapResponse;
import org.hgwire.core.command.ChangesetField;
import org.hgwire.core.command.ChangesetdataRequest;
import org.hgwire.core.command.FileField;
import org.hgwire.core.command.FiledataRequest;
import org.hgwire.core.command.FilesdataRequest;
import org.hgwire.core.command.HeadsRequest;
import org.hgwire.core.command.HeadsResponse;
import org.hgwire.core.command.KnownRequest;
import org.hgwire.core.command.ListkeysRequest;
import org.hgwire.core.command.ListkeysResponse;
import org.hgwire.core.command.LookupRequest;
import org.hgwire.core.command.ManifestField;
import org.hgwire.core.command.ManifestdataRequest;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.PathFilter;
import org.hgwire.core.command.Phase;
import org.hgwire.core.command.PushkeyRequest;
import org.hgwire.core.command.RawstorefiledataRequest;
import org.hgwire.core.command.RevisionRecord;
import org.hgwire.core.command.RevisionSpecifier;
import org.hgwire.core.command.TypedRequest;
import org.hgwire.server.command.CommandException;
import org.hgwire.server.repository.ChangesetIndex;
import org.hgwire.server.repository.FileChange;
import org.hgwire.server.repository.Repository;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.RevisionStore;
import org.hgwire.server.repository.StoreFiles;
import org.hgwire.server.repository.StoredRevision;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nothing of a secret, hidden or obsolete changeset is served. A revision that a visible changeset
 * introduced as well is served, linked to that one (fault 12 of the reference).
 */
class VisibilityTest {
  /** Why a changeset is withheld. */
  enum Reason {
    SECRET,
    HIDDEN,
    /** A descendant of a hidden changeset that is itself neither secret nor hidden. */
    DESCENDANT
  }

  private final MemoryRepository repository = MemoryRepository.nonPublishing();
  private final Node root = repository.commit().message("root").write("f", "0\n").commit();

  /** Withheld: changes f as {@code twin} does, and adds another file. */
  private Node withheld = Node.NULL;

  private Node withheldAgain = Node.NULL;
  private Node twin = Node.NULL;
  private Calls calls = Calls.on(repository);

  private void withhold(Reason reason) {
    withheld = repository.commit().message("same").branch("x").write("f", "1\n").commit();
    withheldAgain = repository.commit().branch("x").write("own", "mine\n").commit();
    twin = repository.commit().parent(root).message("twin").write("f", "1\n").commit();
    repository.bookmark("hidden-mark", withheldAgain);
    repository.bookmark("mark", twin);
    switch (reason) {
      case SECRET -> repository.phase(withheld, Phase.SECRET);
      case HIDDEN -> {
        repository.hide(withheld);
        repository.hide(withheldAgain);
      }
      case DESCENDANT -> repository.hide(withheld);
    }
  }

  private static ByteString bytes(String text) {
    return ByteString.utf8(text);
  }

  private ChangesetIndex index() throws Exception {
    return repository.snapshot().changesets();
  }

  private Node manifest(Node changeset) throws Exception {
    return index().manifest(index().revision(changeset));
  }

  private Node file(Node changeset, String path) throws Exception {
    return repository.snapshot().changes(index().revision(changeset)).stream()
        .filter(change -> change.path().equals(bytes(path)))
        .map(FileChange::node)
        .map(Objects::requireNonNull)
        .findFirst()
        .orElseThrow();
  }

  private static RevisionSpecifier explicit(Node node) {
    return new RevisionSpecifier.ChangesetExplicit(List.of(node));
  }

  private void refused(TypedRequest request) {
    assertThatThrownBy(() -> calls.objects(request))
        .as("%s", request)
        .isInstanceOf(CommandException.class);
  }

  @ParameterizedTest
  @EnumSource
  void withheldChangesetIsUnknownToEveryCommand(Reason reason) throws Exception {
    withhold(reason);
    for (Node node : List.of(withheld, withheldAgain)) {
      assertThat(calls.one(new KnownRequest(List.of(node, twin)))).isEqualTo(CborBytes.utf8("01"));
      refused(new LookupRequest(bytes(node.hex())));
      refused(new LookupRequest(bytes(node.hex().substring(0, 20))));
      refused(new LookupRequest(bytes(Integer.toString(index().revision(node)))));
      List<RevisionSpecifier> specifiers =
          List.of(
              explicit(node),
              new RevisionSpecifier.ChangesetExplicitDepth(List.of(node), 2),
              new RevisionSpecifier.ChangesetDagRange(List.of(), List.of(node)));
      for (RevisionSpecifier specifier : specifiers) {
        refused(new ChangesetdataRequest(List.of(specifier), Set.of()));
        refused(new FilesdataRequest(List.of(specifier), Set.of(), PathFilter.everything(), false));
      }
      refused(new PushkeyRequest(bytes("bookmarks"), bytes("new"), bytes(""), bytes(node.hex())));
      refused(new PushkeyRequest(bytes("phases"), bytes(node.hex()), bytes("1"), bytes("0")));
    }
    refused(new LookupRequest(bytes("hidden-mark")));
    refused(new LookupRequest(bytes("x")));
  }

  @ParameterizedTest
  @EnumSource
  void listsAndHeadsAreThoseOfTheVisibleGraph(Reason reason) {
    withhold(reason);
    assertThat(calls.one(new HeadsRequest(false)))
        .isEqualTo(new HeadsResponse(List.of(twin)).toCbor());
    assertThat(BranchmapResponse.read(calls.one(new BranchmapRequest())).branches())
        .containsOnlyKeys(bytes("default"));
    assertThat(ListkeysResponse.read(calls.one(new ListkeysRequest(bytes("bookmarks")))).values())
        .containsOnlyKeys(bytes("mark"));
    assertThat(ListkeysResponse.read(calls.one(new ListkeysRequest(bytes("phases")))).values())
        .containsOnlyKeys(bytes(root.hex()));
    List<CborValue> objects =
        calls.objects(
            new ChangesetdataRequest(
                List.of(new RevisionSpecifier.ChangesetDagRange(List.of(), List.of(twin))),
                Set.of(ChangesetField.BOOKMARKS)));
    assertThat(objects).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource
  void revisionsOfWithheldChangesetsAreNotServed(Reason reason) throws Exception {
    withhold(reason);
    refused(
        new ManifestdataRequest(
            ByteString.empty(), List.of(manifest(withheldAgain)), Set.of(), false));
    refused(
        new FiledataRequest(bytes("own"), List.of(file(withheldAgain, "own")), Set.of(), false));
    List<CborValue> all =
        calls.objects(
            new FilesdataRequest(
                List.of(new RevisionSpecifier.ChangesetDagRange(List.of(), List.of(twin))),
                Set.of(),
                PathFilter.everything(),
                false));
    assertThat(all.toString()).doesNotContain("own");
  }

  static Stream<Boolean> linksRecorded() {
    return Stream.of(true, false);
  }

  @ParameterizedTest
  @MethodSource("linksRecorded")
  void revisionOfWithheldAndVisibleIsLinkedToVisible(boolean everyLink) throws Exception {
    withhold(Reason.SECRET);
    if (!everyLink) {
      calls = Calls.on(new FirstLinksOnly(repository));
    }
    assertThat(manifest(withheld)).isEqualTo(manifest(twin));
    assertThat(
            calls.objects(
                new ManifestdataRequest(
                    ByteString.empty(),
                    List.of(manifest(twin)),
                    Set.of(ManifestField.REVISION),
                    false)))
        .hasSize(3);
    List<CborValue> objects =
        calls.objects(
            new FiledataRequest(
                bytes("f"), List.of(file(twin, "f")), Set.of(FileField.LINKNODE), false));
    assertThat(RevisionRecord.read(objects.get(1)).linkNode()).isEqualTo(twin);
    refused(
        new ManifestdataRequest(
            ByteString.empty(), List.of(manifest(withheldAgain)), Set.of(), false));
    refused(
        new FiledataRequest(bytes("own"), List.of(file(withheldAgain, "own")), Set.of(), false));
  }

  @ParameterizedTest
  @EnumSource
  void storeFilesAreRefusedWhileAnythingIsWithheld(Reason reason) {
    repository.storeFiles(
        new StoreFiles() {
          @Override
          public Set<ByteString> formats() {
            return Set.of();
          }

          @Override
          public List<StoreFile> files(ByteString kind) {
            return List.of();
          }
        });
    RawstorefiledataRequest request = new RawstorefiledataRequest(List.of(bytes("changelog")));
    assertThat(calls.objects(request)).hasSize(1);
    withhold(reason);
    refused(request);
    assertThat(calls.objects("capabilities", CborMap.empty())).hasSize(1);
  }

  /** A repository whose stores keep only the first link, as Mercurial's do. */
  private record FirstLinksOnly(Repository all) implements Repository {
    @Override
    public RepositorySnapshot snapshot() throws IOException {
      RepositorySnapshot snapshot = all.snapshot();
      return new RepositorySnapshot() {
        @Override
        public ChangesetIndex changesets() {
          return snapshot.changesets();
        }

        @Override
        public @Nullable RevisionStore manifests(ByteString tree) throws IOException {
          return first(snapshot.manifests(tree));
        }

        @Override
        public @Nullable RevisionStore file(ByteString path) throws IOException {
          return first(snapshot.file(path));
        }

        @Override
        public void close() throws IOException {
          snapshot.close();
        }
      };
    }

    private static @Nullable RevisionStore first(@Nullable RevisionStore store) {
      return store == null
          ? null
          : new RevisionStore() {
            @Override
            public @Nullable StoredRevision find(Node node) throws IOException {
              StoredRevision found = store.find(node);
              return found == null ? null : new First(found);
            }

            @Override
            public boolean recordsEveryLink() {
              return false;
            }
          };
    }
  }

  private record First(StoredRevision all) implements StoredRevision {
    @Override
    public Node node() {
      return all.node();
    }

    @Override
    public Node parent1() {
      return all.parent1();
    }

    @Override
    public Node parent2() {
      return all.parent2();
    }

    @Override
    public IntStream links() {
      return all.links().limit(1);
    }

    @Override
    public long size() {
      return all.size();
    }

    @Override
    public InputStream open() throws IOException {
      return all.open();
    }
  }
}
