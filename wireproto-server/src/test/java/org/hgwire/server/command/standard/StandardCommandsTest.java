// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.BranchmapRequest;
import org.hgwire.core.command.BranchmapResponse;
import org.hgwire.core.command.ChangesetField;
import org.hgwire.core.command.ChangesetRecord;
import org.hgwire.core.command.ChangesetdataRequest;
import org.hgwire.core.command.DataHeader;
import org.hgwire.core.command.FileField;
import org.hgwire.core.command.FiledataRequest;
import org.hgwire.core.command.FilesdataHeader;
import org.hgwire.core.command.FilesdataRequest;
import org.hgwire.core.command.FollowingField;
import org.hgwire.core.command.HeadsRequest;
import org.hgwire.core.command.HeadsResponse;
import org.hgwire.core.command.KnownRequest;
import org.hgwire.core.command.ListkeysRequest;
import org.hgwire.core.command.ListkeysResponse;
import org.hgwire.core.command.LookupRequest;
import org.hgwire.core.command.LookupResponse;
import org.hgwire.core.command.ManifestField;
import org.hgwire.core.command.ManifestdataRequest;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.hgwire.core.command.PathFilter;
import org.hgwire.core.command.PathHeader;
import org.hgwire.core.command.Phase;
import org.hgwire.core.command.PushkeyRequest;
import org.hgwire.core.command.PushkeyResponse;
import org.hgwire.core.command.RawStoreFile;
import org.hgwire.core.command.RawstorefiledataHeader;
import org.hgwire.core.command.RawstorefiledataRequest;
import org.hgwire.core.command.RevisionSpecifier;
import org.hgwire.core.command.ServerCapabilities;
import org.hgwire.core.revision.ChangesetText;
import org.hgwire.core.revision.ManifestFlag;
import org.hgwire.core.revision.NodeHasher;
import org.hgwire.server.CommandRegistry;
import org.hgwire.server.command.CommandCall;
import org.hgwire.server.command.CommandDefinition;
import org.hgwire.server.command.CommandException;
import org.hgwire.server.command.CommandSettings;
import org.hgwire.server.command.ObjectSource;
import org.hgwire.server.command.ResponseObject;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.repository.StoreFiles;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.hgwire.server.repository.memory.RevisionContent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each standard command on a small repository. */
class StandardCommandsTest {
  private static final Set<FileField> ALL_OF_FILES = EnumSet.allOf(FileField.class);
  private static final Node UNKNOWN = Node.fromHex("12".repeat(20));
  private static final String LINES = "a line that is long enough\n".repeat(20);

  private final MemoryRepository repository = MemoryRepository.nonPublishing();
  private final Calls calls = Calls.on(repository);

  /** Public: a, b. */
  private final Node first =
      repository
          .commit()
          .phase(Phase.PUBLIC)
          .message("first")
          .write("a", LINES)
          .write("dir/b", "b\n")
          .commit();

  /** Draft: changes a, removes dir/b. */
  private final Node second =
      repository.commit().message("second").write("a", LINES + "2\n").remove("dir/b").commit();

  /** Draft, on another branch, child of first: adds c. */
  private final Node side =
      repository.commit().parent(first).branch("side").message("side").write("c", "c\n").commit();

  private final Node merge = repository.commit().parents(second, side).message("merge").commit();

  private static ByteString bytes(String text) {
    return ByteString.utf8(text);
  }

  private static ByteString hex(Node node) {
    return bytes(node.hex());
  }

  private static List<RevisionSpecifier> explicit(Node... nodes) {
    return List.of(new RevisionSpecifier.ChangesetExplicit(List.of(nodes)));
  }

  private static List<RevisionSpecifier> range(List<Node> roots, List<Node> heads) {
    return List.of(new RevisionSpecifier.ChangesetDagRange(roots, heads));
  }

  private List<Node> changesets(List<RevisionSpecifier> revisions) {
    return calls.objects(new ChangesetdataRequest(revisions, Set.of())).stream()
        .skip(1)
        .map(value -> ChangesetRecord.read(value).node())
        .toList();
  }

  private Node manifest(Node changeset) {
    List<CborValue> objects =
        calls.objects(
            new ChangesetdataRequest(explicit(changeset), Set.of(ChangesetField.REVISION)));
    return ChangesetText.parse(((CborBytes) objects.get(2)).value()).manifest();
  }

  @Test
  void headsOfAllAndOfPublicChangesets() {
    Node other = repository.commit().parent(first).message("other").commit();
    assertThat(calls.one(new HeadsRequest(false)))
        .isEqualTo(new HeadsResponse(List.of(other, merge)).toCbor());
    assertThat(calls.one(new HeadsRequest(true)))
        .isEqualTo(new HeadsResponse(List.of(first)).toCbor());
    assertThat(Calls.on(MemoryRepository.publishing()).one(new HeadsRequest(false)))
        .isEqualTo(CborArray.of());
  }

  @Test
  void knownHasADigitForEachNode() {
    assertThat(calls.one(new KnownRequest(List.of(merge, UNKNOWN, first))))
        .isEqualTo(CborBytes.utf8("101"));
    assertThat(calls.one(new KnownRequest(List.of()))).isEqualTo(CborBytes.utf8(""));
  }

  @Test
  void branchmapHasHeadsWithDescendantsOnOtherBranches() {
    Node closed =
        repository.commit().parent(first).branch("side").closeBranch().message("x").commit();
    assertThat(BranchmapResponse.read(calls.one(new BranchmapRequest())).branches())
        .isEqualTo(Map.of(bytes("default"), List.of(merge), bytes("side"), List.of(side, closed)));
  }

  @Test
  void branchmapLeavesOutAncestorsThroughOtherBranches() {
    Node again = repository.commit().parent(merge).branch("side").message("again").commit();
    assertThat(BranchmapResponse.read(calls.one(new BranchmapRequest())).branches())
        .containsEntry(bytes("side"), List.of(again));
  }

  @Test
  void lookupResolvesNodesPrefixesNumbersAndNames() {
    repository.bookmark("mark", second);
    Map<String, Node> names = new HashMap<>();
    names.put(first.hex(), first);
    names.put(side.hex().substring(0, 12), side);
    names.put("tip", merge);
    names.put("null", Node.NULL);
    names.put("0", first);
    names.put("mark", second);
    names.put("side", side);
    names.put("default", merge);
    names.forEach(
        (name, node) ->
            assertThat(LookupResponse.read(calls.one(new LookupRequest(bytes(name)))).node())
                .as(name)
                .isEqualTo(node));
    for (String name : List.of("nothing", UNKNOWN.hex(), "", "99999", "zz")) {
      assertThatThrownBy(() -> calls.one(new LookupRequest(bytes(name))))
          .isInstanceOf(CommandException.class)
          .hasMessageContaining("unknown");
    }
  }

  @Test
  void lookupOfBranchPrefersOpenHead() {
    repository.commit().parent(side).branch("side").closeBranch().message("x").commit();
    Node open = repository.commit().parent(first).branch("side").message("open").commit();
    repository.commit().parent(first).branch("side").closeBranch().message("y").commit();
    assertThat(LookupResponse.read(calls.one(new LookupRequest(bytes("side")))).node())
        .isEqualTo(open);
  }

  @Test
  void lookupOfSharedPrefixIsAmbiguous() {
    Map<Character, Node> seen = new HashMap<>();
    for (int i = 0; i < 17; i++) {
      Node node = repository.commit().message("" + i).commit();
      char digit = node.hex().charAt(0);
      if (!Character.isDigit(digit) && seen.put(digit, node) != null) {
        assertThatThrownBy(() -> calls.one(new LookupRequest(bytes("" + digit))))
            .isInstanceOf(CommandException.class)
            .hasMessageContaining("ambiguous");
        return;
      }
    }
    throw new AssertionError("no two nodes begin with the same letter");
  }

  private String lookup(String name) {
    try {
      return LookupResponse.read(calls.one(new LookupRequest(bytes(name)))).node().hex();
    } catch (CommandException unknown) {
      return String.valueOf(unknown.getMessage());
    }
  }

  /** The results are those of hg 5.6.1, 6.3.2, 7.0.1 and 7.2.4. */
  @Test
  void lookupFindsNumbersAsMercurialDoes() throws IOException {
    int count = 0;
    try (RepositorySnapshot snapshot = repository.snapshot()) {
      count = snapshot.changesets().count();
    }
    assertThat(lookup("-1")).isEqualTo(lookup(String.valueOf(count - 1))).hasSize(40);
    assertThat(lookup("-" + count)).isEqualTo(lookup("0")).hasSize(40);
    for (String none : List.of("-" + (count + 1), "-0", "01", "+1", " 1", "2147483648", "0x1")) {
      assertThat(lookup(none)).isEqualTo("unknown revision '" + none + "'");
    }
    Node secret = repository.commit().message("s").phase(Phase.SECRET).commit();
    for (String none : List.of("-1", secret.hex(), secret.hex().substring(0, 12))) {
      assertThat(lookup(none)).isEqualTo("unknown revision '" + none + "'");
    }
  }

  @Test
  void lookupFindsPrefixesAsMercurialDoes() throws IOException {
    assertThat(lookup("00")).isEqualTo(Node.NULL.hex());
    assertThat(lookup("0".repeat(39))).isEqualTo(Node.NULL.hex());
    assertThat(lookup(first.hex().toUpperCase(Locale.ROOT))).isEqualTo(first.hex());
    assertThat(lookup(first.hex().substring(0, 12).toUpperCase(Locale.ROOT)))
        .isEqualTo(first.hex());
    assertThat(lookup("f".repeat(40))).startsWith("unknown");
    assertThat(lookup("ff")).startsWith("unknown");
    Node f = null;
    for (int i = 0; f == null; i++) {
      Node node = repository.commit().message("f" + i).commit();
      f = node.hex().matches("f[^f].*") ? node : null;
    }
    assertThat(lookup("f")).startsWith("ambiguous");
    assertThat(lookup(f.hex().substring(0, 8))).isEqualTo(f.hex());
  }

  @Test
  void lookupPrefersBookmarksToPrefixesAndNodesToBookmarks() {
    repository.bookmark(second.hex().substring(0, 12), first);
    repository.bookmark(second.hex(), first);
    repository.bookmark("mark@other", first);

    assertThat(lookup(second.hex().substring(0, 12))).isEqualTo(first.hex());
    assertThat(lookup(second.hex())).isEqualTo(second.hex());
    assertThat(lookup("mark@other")).isEqualTo(first.hex());
    assertThat(keys("bookmarks").keySet())
        .containsExactlyInAnyOrder(bytes(second.hex().substring(0, 12)), bytes(second.hex()));
  }

  @Test
  void lookupOfDotIsTheHosts() {
    assertThat(lookup(".")).isEqualTo(Node.NULL.hex());
  }

  private Map<ByteString, ByteString> keys(String namespace) {
    return ListkeysResponse.read(calls.one(new ListkeysRequest(bytes(namespace)))).values();
  }

  @Test
  void listkeysListsBookmarksDraftRootsAndNamespaces() {
    repository.bookmark("mark", second);
    assertThat(keys("bookmarks")).isEqualTo(Map.of(bytes("mark"), hex(second)));
    assertThat(keys("phases")).isEqualTo(Map.of(hex(second), bytes("1"), hex(side), bytes("1")));
    assertThat(keys("namespaces"))
        .isEqualTo(
            Map.of(
                bytes("bookmarks"),
                bytes(""),
                bytes("phases"),
                bytes(""),
                bytes("namespaces"),
                bytes("")));
    assertThat(keys("nothing")).isEmpty();
    assertThat(
            ListkeysResponse.read(
                    Calls.on(MemoryRepository.publishing())
                        .one(new ListkeysRequest(bytes("phases"))))
                .values())
        .isEqualTo(Map.of(bytes("publishing"), bytes("True")));
  }

  private boolean push(String namespace, String key, String before, String after) {
    return PushkeyResponse.read(
            calls.one(
                new PushkeyRequest(bytes(namespace), bytes(key), bytes(before), bytes(after))))
        .changed();
  }

  @Test
  void pushkeyChangesBookmarkIfOldValueMatches() {
    assertThat(push("bookmarks", "m", "", first.hex())).isTrue();
    assertThat(push("bookmarks", "m", "", second.hex())).isFalse();
    assertThat(keys("bookmarks")).isEqualTo(Map.of(bytes("m"), hex(first)));
    assertThat(push("bookmarks", "m", first.hex(), second.hex())).isTrue();
    assertThat(push("bookmarks", "m", first.hex(), second.hex())).as("once more").isTrue();
    assertThat(keys("bookmarks")).isEqualTo(Map.of(bytes("m"), hex(second)));
    assertThat(push("bookmarks", "m", first.hex(), "")).isFalse();
    assertThat(push("bookmarks", "m", second.hex(), "")).isTrue();
    assertThat(keys("bookmarks")).isEmpty();
  }

  @Test
  void pushkeyRefusesUnknownChangesetsAndInvalidNames() {
    assertThatThrownBy(() -> push("bookmarks", "m", "", UNKNOWN.hex()))
        .isInstanceOf(CommandException.class);
    assertThatThrownBy(() -> push("bookmarks", "m", "", "xyz"))
        .isInstanceOf(CommandException.class);
    for (String name : List.of("", " ", "a:b", "a\nb", "tip", "null", ".", "12")) {
      assertThatThrownBy(() -> push("bookmarks", name, "", first.hex()))
          .isInstanceOf(CommandException.class);
    }
    assertThat(keys("bookmarks")).isEmpty();
  }

  @Test
  void pushkeyMovesPhasesTowardsPublicOnly() {
    assertThat(push("phases", second.hex(), "1", "0")).isTrue();
    assertThat(keys("phases")).isEqualTo(Map.of(hex(side), bytes("1")));
    assertThat(push("phases", second.hex(), "1", "0")).as("once more").isTrue();
    assertThatThrownBy(() -> push("phases", second.hex(), "0", "1"))
        .isInstanceOf(CommandException.class);
    assertThatThrownBy(() -> push("phases", UNKNOWN.hex(), "1", "0"))
        .isInstanceOf(CommandException.class);
    assertThatThrownBy(() -> push("phases", side.hex(), "7", "0"))
        .isInstanceOf(CommandException.class);
    assertThat(keys("phases")).isEqualTo(Map.of(hex(side), bytes("1")));
  }

  @Test
  void pushkeyToOtherNamespacesChangesNothing() {
    assertThat(push("namespaces", "x", "", "y")).isFalse();
    assertThat(push("nothing", "x", "", "y")).isFalse();
  }

  @Test
  void guardIsAskedBeforePush() {
    CommandRegistry guarded =
        Registries.of(
            options ->
                options.pushkeyGuard(
                    request -> {
                      if (request.key().equals(bytes("locked"))) {
                        throw new CommandException("locked by the host");
                      }
                    }));
    Calls guardedCalls = new Calls(guarded, repository);
    assertThatThrownBy(
            () ->
                guardedCalls.one(
                    new PushkeyRequest(bytes("bookmarks"), bytes("locked"), bytes(""), hex(first))))
        .hasMessage("locked by the host");
    assertThat(keys("bookmarks")).isEmpty();
  }

  @Test
  void changesetdataSendsUnionOfSpecifiersParentsFirst() {
    assertThat(changesets(explicit(merge, first, merge))).containsExactly(first, merge);
    assertThat(changesets(range(List.of(), List.of(merge))))
        .containsExactly(first, second, side, merge);
    assertThat(changesets(range(List.of(second), List.of(merge)))).containsExactly(side, merge);
    assertThat(changesets(range(List.of(merge), List.of(merge)))).isEmpty();
    assertThat(
            changesets(
                List.of(
                    new RevisionSpecifier.ChangesetExplicitDepth(List.of(merge), 2),
                    new RevisionSpecifier.ChangesetExplicit(List.of(second)))))
        .containsExactly(second, side, merge);
    assertThat(changesets(List.of())).isEmpty();
  }

  @Test
  void changesetdataRefusesUnknownNodesButIgnoresUnknownRoots() {
    assertThatThrownBy(() -> changesets(explicit(UNKNOWN)))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining(UNKNOWN.hex());
    assertThatThrownBy(() -> changesets(range(List.of(), List.of(UNKNOWN))))
        .isInstanceOf(CommandException.class);
    assertThat(changesets(range(List.of(UNKNOWN), List.of(first)))).containsExactly(first);
  }

  @Test
  void changesetdataSendsRequestedFields() {
    repository.bookmark("one", side);
    repository.bookmark("also", side);
    List<CborValue> objects =
        calls.objects(
            new ChangesetdataRequest(explicit(side), EnumSet.allOf(ChangesetField.class)));
    assertThat(objects).hasSize(3);
    assertThat(objects.get(0)).isEqualTo(new DataHeader(1).toCbor());
    ByteString text = ((CborBytes) objects.get(2)).value();
    assertThat(ChangesetRecord.read(objects.get(1)))
        .isEqualTo(
            new ChangesetRecord(
                side,
                Parents.of(first),
                Phase.DRAFT,
                List.of(bytes("also"), bytes("one")),
                List.of(new FollowingField(FollowingField.REVISION, text.length()))));
    assertThat(NodeHasher.hash(Parents.of(first), text)).isEqualTo(side);
    assertThat(calls.objects(new ChangesetdataRequest(explicit(side), Set.of())).get(1))
        .isEqualTo(CborMap.builder().put("node", side.toByteString()).build());
  }

  @Test
  void changesetdataSendsBookmarksAndPhasesOfOthers() {
    repository.bookmark("mark", second);
    repository.phase(second, Phase.PUBLIC);
    List<CborValue> objects =
        calls.objects(
            new ChangesetdataRequest(
                range(List.of(second), List.of(side)),
                Set.of(ChangesetField.PHASE, ChangesetField.BOOKMARKS)));
    assertThat(objects)
        .containsExactly(
            new DataHeader(1).toCbor(),
            new ChangesetRecord(side, null, Phase.DRAFT, List.of(), List.of()).toCbor(),
            new ChangesetRecord(second, null, Phase.PUBLIC, List.of(bytes("mark")), List.of())
                .toCbor());
  }

  @Test
  void publishingRepositorySendsPublicChangesets() {
    MemoryRepository publishing = MemoryRepository.publishing();
    Node draft = publishing.commit().message("draft").commit();
    assertThat(
            Calls.on(publishing)
                .objects(new ChangesetdataRequest(explicit(draft), Set.of(ChangesetField.PHASE)))
                .get(1))
        .isEqualTo(new ChangesetRecord(draft, null, Phase.PUBLIC, List.of(), List.of()).toCbor());
  }

  private Revisions manifests(boolean haveParents, Map<Node, ByteString> had, Node... nodes) {
    List<CborValue> objects =
        calls.objects(
            new ManifestdataRequest(
                ByteString.empty(),
                List.of(nodes),
                EnumSet.allOf(ManifestField.class),
                haveParents));
    Revisions revisions = new Revisions(had);
    long total = DataHeader.read(objects.get(0)).totalItems();
    assertThat(revisions.read(objects, 1, total)).isEqualTo(objects.size());
    return revisions;
  }

  @Test
  void manifestdataSendsEachManifestOnceParentsFirst() {
    Node one = manifest(first);
    Node two = manifest(second);
    Revisions revisions = manifests(false, Map.of(), two, one, two);
    assertThat(revisions.texts.keySet()).containsExactly(one, two);
    assertThat(revisions.parents(two)).isEqualTo(Parents.of(one));
  }

  @Test
  void manifestdataSendsDeltasAgainstRevisionsOfClient() {
    for (int i = 0; i < 20; i++) {
      repository.commit().parent(repository.tip()).write("file" + i, "x").commit();
    }
    Node base = manifest(repository.tip());
    Node child = manifest(repository.commit().write("file0", "y").commit());
    assertThat(manifests(false, Map.of(), base, child).records.get(child))
        .extracting(record -> record.deltaBase())
        .isEqualTo(base);
    assertThat(manifests(false, Map.of(), child).records.get(child))
        .extracting(record -> record.deltaBase())
        .isNull();
    ByteString baseText = Objects.requireNonNull(manifests(false, Map.of(), base).texts.get(base));
    assertThat(manifests(true, Map.of(base, baseText), child).records.get(child))
        .extracting(record -> record.deltaBase())
        .isEqualTo(base);
  }

  @Test
  void manifestdataRefusesUnknownNodesAndTrees() {
    assertThatThrownBy(() -> manifests(false, Map.of(), UNKNOWN))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining(UNKNOWN.hex());
    assertThatThrownBy(
            () ->
                calls.objects(
                    new ManifestdataRequest(
                        bytes("dir"), List.of(manifest(first)), Set.of(), false)))
        .isInstanceOf(CommandException.class);
  }

  /** The file revisions of a response of filesdata, by path. */
  private Map<ByteString, Revisions> files(
      List<RevisionSpecifier> revisions, boolean haveParents, PathFilter filter) {
    List<CborValue> objects =
        calls.objects(new FilesdataRequest(revisions, ALL_OF_FILES, filter, haveParents));
    FilesdataHeader header = FilesdataHeader.read(objects.get(0));
    Map<ByteString, Revisions> files = new LinkedHashMap<>();
    int position = 1;
    long items = 0;
    while (position < objects.size()) {
      PathHeader path = PathHeader.read(objects.get(position));
      Revisions read = new Revisions(texts(haveParents));
      position = read.read(objects, position + 1, path.totalItems());
      items += path.totalItems();
      assertThat(files.put(path.path(), read)).isNull();
    }
    assertThat(header).isEqualTo(new FilesdataHeader(files.size(), items));
    return files;
  }

  /** All texts of file a, for deltas against what the client has. */
  private Map<Node, ByteString> texts(boolean had) {
    if (!had) {
      return Map.of();
    }
    Map<Node, ByteString> texts = new HashMap<>();
    files(range(List.of(), List.of(repository.tip())), false, PathFilter.everything())
        .values()
        .forEach(file -> texts.putAll(file.texts));
    return texts;
  }

  private static List<Node> links(@Nullable Revisions file) {
    return Objects.requireNonNull(file).texts.keySet().stream()
        .map(node -> Objects.requireNonNull(file.records.get(node)).linkNode())
        .map(Objects::requireNonNull)
        .toList();
  }

  @Test
  void filesdataSendsEachFileRevisionOnceByPath() {
    Map<ByteString, Revisions> files =
        files(range(List.of(), List.of(merge)), false, PathFilter.everything());
    assertThat(files.keySet()).containsExactly(bytes("a"), bytes("c"), bytes("dir/b"));
    assertThat(links(files.get(bytes("a")))).containsExactly(first, second);
    assertThat(links(files.get(bytes("c")))).containsExactly(side);
    assertThat(links(files.get(bytes("dir/b")))).containsExactly(first);
    Revisions a = Objects.requireNonNull(files.get(bytes("a")));
    assertThat(new ArrayList<>(a.texts.values()).get(1)).isEqualTo(bytes(LINES + "2\n"));
    List<Node> nodes = new ArrayList<>(a.texts.keySet());
    assertThat(Objects.requireNonNull(a.records.get(nodes.get(1))).deltaBase())
        .isEqualTo(nodes.get(0));
  }

  @Test
  void filesdataWithoutParentsSendsWholeManifests() {
    Map<ByteString, Revisions> files = files(explicit(merge), false, PathFilter.everything());
    assertThat(files.keySet()).containsExactly(bytes("a"), bytes("c"));
    assertThat(links(files.get(bytes("a")))).as("requested changesets link").containsExactly(merge);
    assertThat(files(explicit(first, merge), false, PathFilter.everything()).keySet())
        .containsExactly(bytes("a"), bytes("c"), bytes("dir/b"));
  }

  @Test
  void filesdataWithParentsSendsIntroducedRevisions() {
    // Fault 13 of the reference: it fails if a requested changeset removed a file.
    Map<ByteString, Revisions> files = files(explicit(second), true, PathFilter.everything());
    assertThat(files.keySet()).containsExactly(bytes("a"));
    Revisions a = Objects.requireNonNull(files.get(bytes("a")));
    assertThat(a.records.values()).extracting(record -> record.deltaBase()).doesNotContainNull();
    assertThat(files(explicit(merge), true, PathFilter.everything())).isEmpty();
  }

  @Test
  void filesdataWithParentsSkipsFlagChanges() {
    Node flagged =
        repository.commit().write(bytes("c"), bytes("c\n"), ManifestFlag.EXECUTABLE).commit();
    assertThat(files(explicit(flagged), true, PathFilter.everything())).isEmpty();
    assertThat(files(explicit(flagged), false, PathFilter.everything()).keySet())
        .containsExactly(bytes("a"), bytes("c"));
  }

  @Test
  void filesdataSendsParentsBeforeChildren() {
    Node late = repository.commit().parent(side).message("late").write("d", "d").commit();
    Map<ByteString, Revisions> files =
        files(explicit(second, late), false, PathFilter.everything());
    assertThat(links(files.get(bytes("a")))).containsExactly(late, second);
  }

  @Test
  void filesdataSendsPathsThatPassTheFilter() {
    PathFilter dir = PathFilter.of(List.of(bytes("path:dir")), List.of());
    assertThat(files(range(List.of(), List.of(merge)), false, dir).keySet())
        .containsExactly(bytes("dir/b"));
    PathFilter notA = PathFilter.of(List.of(), List.of(bytes("path:a")));
    assertThat(files(explicit(merge), false, notA).keySet()).containsExactly(bytes("c"));
  }

  @Test
  void filesdataRefusesMoreRevisionsThanTheLimit() {
    RevisionSpecifier all = new RevisionSpecifier.ChangesetDagRange(List.of(), List.of(merge));
    FilesdataRequest request =
        new FilesdataRequest(List.of(all), Set.of(), PathFilter.everything(), false);
    CommandSettings settings = CommandSettings.defaults();
    CommandRegistry four =
        Registries.of(options -> options.settings(settings.withMaxFileRevisions(4)));
    assertThat(new Calls(four, repository).objects(request)).hasSize(1 + 3 + 4);
    CommandRegistry three =
        Registries.of(options -> options.settings(settings.withMaxFileRevisions(3)));
    assertThatThrownBy(() -> new Calls(three, repository).objects(request))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("fewer changesets");
  }

  @Test
  void filedataSendsRevisionsOfOneFile() {
    Revisions known =
        Objects.requireNonNull(
            files(range(List.of(), List.of(merge)), false, PathFilter.everything())
                .get(bytes("a")));
    List<Node> nodes = new ArrayList<>(known.texts.keySet());
    List<CborValue> objects =
        calls.objects(
            new FiledataRequest(
                bytes("a"), List.of(nodes.get(1), nodes.get(0)), ALL_OF_FILES, false));
    assertThat(objects.get(0)).isEqualTo(new DataHeader(2).toCbor());
    Revisions read = new Revisions(Map.of());
    assertThat(read.read(objects, 1, 2)).isEqualTo(objects.size());
    assertThat(read.texts).isEqualTo(known.texts);
    assertThat(links(read)).containsExactly(first, second);
    assertThatThrownBy(
            () -> calls.objects(new FiledataRequest(bytes("a"), List.of(UNKNOWN), Set.of(), false)))
        .isInstanceOf(CommandException.class);
    assertThatThrownBy(
            () -> calls.objects(new FiledataRequest(bytes("zz"), nodes, Set.of(), false)))
        .isInstanceOf(CommandException.class);
  }

  /** A delta is held while a slow client reads it, a text is not. */
  @Test
  void largeDeltaIsReplacedByTheText() {
    String same = LINES.repeat(1_000);
    Node before =
        repository.commit().parent(first).write("big", same + "x".repeat(300_000)).commit();
    Node large =
        repository.commit().parent(before).write("big", same + "y".repeat(300_000)).commit();
    Node small =
        repository.commit().parent(large).write("big", same + "z".repeat(200_000)).commit();
    Revisions big =
        Objects.requireNonNull(
            files(explicit(before, large, small), false, PathFilter.everything())
                .get(bytes("big")));
    assertThat(big.records.values())
        .extracting(record -> record.deltaBase() == null)
        .containsExactlyInAnyOrder(true, true, false);
  }

  @Test
  void textAboveTheLimitIsStreamedAndNeverADelta() {
    for (String text : List.of(LINES, LINES + "2\n")) {
      RevisionContent content =
          RevisionContent.of(
              text.length(), () -> new ByteArrayInputStream(bytes(text).toByteArray()));
      repository.commit().write(bytes("made"), content, ManifestFlag.FILE).commit();
    }
    CommandRegistry small =
        Registries.of(
            options ->
                options.settings(CommandSettings.defaults().withMaxDeltaText(LINES.length())));
    List<CborValue> objects =
        new Calls(small, repository)
            .objects(
                new FilesdataRequest(
                    range(List.of(), List.of(repository.tip())),
                    ALL_OF_FILES,
                    PathFilter.of(List.of(bytes("path:made")), List.of()),
                    false));
    Revisions read = new Revisions(Map.of());
    read.read(objects, 2, 2);
    assertThat(read.records.values()).extracting(record -> record.deltaBase()).containsOnlyNulls();
  }

  @Test
  void largeRevisionIsOpenedWhenItIsSent() throws Exception {
    int size = 8 << 20;
    RevisionContent large =
        RevisionContent.of(size, () -> new ByteArrayInputStream(new byte[size]));
    Node changeset = repository.commit().write(bytes("large"), large, ManifestFlag.FILE).commit();
    CommandDefinition definition = Objects.requireNonNull(Registries.standard().find("filesdata"));
    FilesdataRequest request =
        new FilesdataRequest(explicit(changeset), ALL_OF_FILES, PathFilter.everything(), true);
    try (ObjectSource source =
        Objects.requireNonNull(definition.command())
            .run(
                new CommandCall(
                    Callers.ANYBODY, repository, definition.check(request.arguments())))) {
      assertThat(source.next()).isInstanceOf(ResponseObject.Value.class);
      assertThat(source.next()).isInstanceOf(ResponseObject.Value.class);
      assertThat(source.next()).isInstanceOf(ResponseObject.Value.class);
      ResponseObject content = Objects.requireNonNull(source.next());
      assertThat(content).isInstanceOf(ResponseObject.DefiniteBytes.class);
      try (InputStream bytes = ((ResponseObject.DefiniteBytes) content).content()) {
        assertThat(bytes.readAllBytes()).hasSize(size);
      }
      assertThat(source.next()).isNull();
    }
  }

  private static StoreFiles storeFiles(String content, long size) {
    return new StoreFiles() {
      @Override
      public Set<ByteString> formats() {
        return Set.of(bytes("revlogv1"), bytes("generaldelta"));
      }

      @Override
      public @Nullable List<StoreFile> files(ByteString kind) {
        if (!kind.equals(bytes("changelog"))) {
          return null;
        }
        return List.of(
            new StoreFile() {
              @Override
              public ByteString path() {
                return bytes("00changelog.i");
              }

              @Override
              public long size() {
                return size;
              }

              @Override
              public InputStream open() {
                return new ByteArrayInputStream(bytes(content).toByteArray());
              }
            });
      }
    };
  }

  @Test
  void rawstorefiledataSendsOfferedFiles() {
    RawstorefiledataRequest request = new RawstorefiledataRequest(List.of(bytes("changelog")));
    assertThatThrownBy(() -> calls.objects(request)).isInstanceOf(CommandException.class);
    repository.storeFiles(storeFiles("content and what was appended", 7));
    assertThat(calls.objects(request))
        .containsExactly(
            new RawstorefiledataHeader(1, 7).toCbor(),
            new RawStoreFile(bytes("store"), bytes("00changelog.i"), 7).toCbor(),
            CborBytes.utf8("content"));
    assertThatThrownBy(() -> calls.objects(new RawstorefiledataRequest(List.of(bytes("other")))))
        .isInstanceOf(CommandException.class);
  }

  @Test
  void rawstorefiledataFailsOnTruncatedFile() {
    repository.storeFiles(storeFiles("short", 7));
    assertThatThrownBy(
            () -> calls.objects(new RawstorefiledataRequest(List.of(bytes("changelog")))))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("2 bytes");
  }

  @Test
  void capabilitiesDescribeCommandsAsTheReferenceDoes() {
    ServerCapabilities capabilities =
        ServerCapabilities.read(calls.objects("capabilities", CborMap.empty()).get(0));
    assertThat(capabilities.commands().keySet().stream().map(ByteString::utf8))
        .containsExactlyInAnyOrder(
            "branchmap",
            "capabilities",
            "changesetdata",
            "filedata",
            "filesdata",
            "heads",
            "known",
            "listkeys",
            "lookup",
            "manifestdata",
            "pushkey");
    assertThat(capabilities.framingMediaTypes())
        .containsExactly(bytes("application/mercurial-exp-framing-0006"));
    assertThat(capabilities.pathFilterPrefixes())
        .containsExactly(bytes("path:"), bytes("rootfilesin:"));
    assertThat(capabilities.rawRepoFormats()).isEmpty();
    assertThat(Objects.requireNonNull(capabilities.command("manifestdata")).recommendedBatchSize())
        .hasValue(100_000);
    assertThat(Objects.requireNonNull(capabilities.command("filesdata")).recommendedBatchSize())
        .hasValue(10_000);
    assertThat(Objects.requireNonNull(capabilities.command("pushkey")).permissions())
        .containsExactly(bytes("push"));
  }

  @Test
  void rawstorefiledataIsAdvertisedIfStoreIsOffered() {
    repository.storeFiles(storeFiles("x", 1));
    ServerCapabilities capabilities =
        ServerCapabilities.read(calls.objects("capabilities", CborMap.empty()).get(0));
    assertThat(capabilities.command("rawstorefiledata")).isNotNull();
    assertThat(capabilities.rawRepoFormats())
        .containsExactly(bytes("generaldelta"), bytes("revlogv1"));
  }
}
