// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.hgwire.client.ScriptedServer;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.ChangesetRecord;
import org.hgwire.core.command.ChangesetdataRequest;
import org.hgwire.core.command.CommandDescriptor;
import org.hgwire.core.command.DataHeader;
import org.hgwire.core.command.FiledataRequest;
import org.hgwire.core.command.FilesdataHeader;
import org.hgwire.core.command.FilesdataRequest;
import org.hgwire.core.command.FollowingField;
import org.hgwire.core.command.HeadsResponse;
import org.hgwire.core.command.KnownRequest;
import org.hgwire.core.command.KnownResponse;
import org.hgwire.core.command.ListkeysRequest;
import org.hgwire.core.command.ListkeysResponse;
import org.hgwire.core.command.ManifestdataRequest;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.hgwire.core.command.PathHeader;
import org.hgwire.core.command.Phase;
import org.hgwire.core.command.RevisionRecord;
import org.hgwire.core.command.RevisionSpecifier;
import org.hgwire.core.command.RevisionSpecifier.ChangesetDagRange;
import org.hgwire.core.command.RevisionSpecifier.ChangesetExplicit;
import org.hgwire.core.command.RevisionSpecifier.ChangesetExplicitDepth;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.revision.ChangesetText;
import org.hgwire.core.revision.Delta;
import org.hgwire.core.revision.ManifestFlag;
import org.hgwire.core.revision.ManifestText;
import org.hgwire.core.revision.NodeHasher;
import org.jspecify.annotations.Nullable;

/** A line of changesets, each with a new revision of the files {@code f} and {@code g}. */
final class ScriptedRepository {
  private static final List<ByteString> PATHS = List.of(ByteString.utf8("f"), ByteString.utf8("g"));

  /** A revision and what it is a delta against. */
  record Revision(Node node, Parents parents, ByteString text, Node linknode) {}

  final List<Revision> changesets = new ArrayList<>();
  final List<Revision> manifests = new ArrayList<>();
  final Map<ByteString, List<Revision>> files = new LinkedHashMap<>();
  final Set<Node> damaged = new HashSet<>();
  final Map<ByteString, ByteString> bookmarks = new HashMap<>();
  final Map<ByteString, ByteString> phases = new HashMap<>();

  /** Changesets that are drafts where {@code changesetdata} says phases. */
  final Set<Node> drafts = new HashSet<>();

  /** Revisions that {@code changesetdata} and {@code filesdata} leave out. */
  final Set<Node> leftOut = new HashSet<>();

  /** Revisions of those that {@code filedata} does not have either. */
  final Set<Node> lost = new HashSet<>();

  /** What version 2 says is the linknode of a revision; the null node for none. */
  final Map<Node, Node> links = new HashMap<>();

  /** Whether manifests are sent from the last to the first. */
  boolean reversesManifests;

  /** Changes the manifests that are committed from now on. */
  UnaryOperator<ByteString> manifestChange = text -> text;

  final Map<Node, ByteString> substitutes = new HashMap<>();
  boolean failsWithParents;

  /** Whether {@code filesdata} sends files of all paths, whatever is asked. */
  boolean ignoresPaths;

  /** How many generations {@code changesetdata} sends besides those that are asked for. */
  int tooDeep;

  /** Whether deltas of manifests are against bases that the client did not say it has. */
  boolean presumesBases;

  /** Whether those of {@code filesdata} are. */
  boolean presumesFileBases;

  int filesBatch = 50;
  boolean listsKeys = true;

  private final int textLength;
  private int history;

  ScriptedRepository(int textLength) {
    this.textLength = textLength;
    PATHS.forEach(path -> files.put(path, new ArrayList<>()));
  }

  ScriptedRepository grow(int count) {
    for (int i = 0; i < count; i++) {
      commit(changesets.size());
    }
    return this;
  }

  /** Drops all but the first {@code count} changesets; what grows then is different. */
  ScriptedRepository strip(int count) {
    changesets.subList(count, changesets.size()).clear();
    manifests.subList(count, manifests.size()).clear();
    files.values().forEach(revisions -> revisions.subList(count, revisions.size()).clear());
    history++;
    return this;
  }

  private void commit(int number) {
    ManifestText.Builder manifest = ManifestText.builder();
    List<Revision> added = new ArrayList<>();
    for (ByteString path : PATHS) {
      Revision file = revision(files(path), text(number, path), Node.NULL);
      added.add(file);
      manifest.add(path, file.node(), ManifestFlag.FILE);
    }
    Revision last = revision(manifests, manifestChange.apply(manifest.build()), Node.NULL);
    manifests.add(last);
    ByteString text =
        new ChangesetText(
                last.node(), ByteString.utf8("t"), number, 0, Map.of(), PATHS, ByteString.empty())
            .format();
    Revision changeset = revision(changesets, text, Node.NULL);
    changesets.add(changeset);
    for (int i = 0; i < added.size(); i++) {
      Revision file = added.get(i);
      files(PATHS.get(i))
          .add(new Revision(file.node(), file.parents(), file.text(), changeset.node()));
    }
  }

  private List<Revision> files(ByteString path) {
    return files.computeIfAbsent(path, none -> new ArrayList<>());
  }

  private ByteString text(int number, ByteString path) {
    byte[] bytes = new byte[textLength];
    new Random(path.hashCode()).nextBytes(bytes);
    ByteString tail = ByteString.utf8("\n" + number + path + "-" + history + "\n");
    byte[] all = Arrays.copyOf(bytes, textLength + tail.length());
    System.arraycopy(tail.toByteArray(), 0, all, textLength, tail.length());
    return ByteString.copyOf(all);
  }

  private static Revision revision(List<Revision> before, ByteString text, Node linknode) {
    Parents parents =
        before.isEmpty() ? Parents.NONE : Parents.of(before.get(before.size() - 1).node());
    return new Revision(NodeHasher.hash(parents, text), parents, text, linknode);
  }

  ScriptedServer serve() {
    ScriptedServer server = new ScriptedServer();
    if (listsKeys) {
      server.on("listkeys", this::listkeys);
    }
    return server
        .on("heads", request -> ScriptedServer.encoded(heads().toCbor()))
        .on("known", this::known)
        .on("changesetdata", this::changesetdata)
        .on("manifestdata", this::manifestdata)
        .on(
            "filesdata",
            CommandDescriptor.of(Map.of(), List.of()).withRecommendedBatchSize(filesBatch),
            this::filesdata)
        .on("filedata", this::filedata);
  }

  /** Sends whole texts, also of what {@code filesdata} leaves out. */
  private Iterator<ByteString> filedata(CommandRequest request) {
    FiledataRequest asked = FiledataRequest.read(request.arguments());
    List<ByteString> pieces = new ArrayList<>();
    pieces.add(CborEncoder.encode(new DataHeader(asked.nodes().size()).toCbor()));
    for (Revision revision : files.getOrDefault(asked.path(), List.of())) {
      if (asked.nodes().contains(revision.node()) && !lost.contains(revision.node())) {
        append(pieces, revision, null);
      }
    }
    return pieces.iterator();
  }

  private Iterator<ByteString> listkeys(CommandRequest request) {
    ByteString namespace = ListkeysRequest.read(request.arguments()).namespace();
    return ScriptedServer.encoded(
        new ListkeysResponse(namespace.equals(ByteString.utf8("phases")) ? phases : bookmarks)
            .toCbor());
  }

  private HeadsResponse heads() {
    return new HeadsResponse(
        changesets.isEmpty() ? List.of() : List.of(changesets.get(changesets.size() - 1).node()));
  }

  private Iterator<ByteString> known(CommandRequest request) {
    Set<Node> all = new HashSet<>();
    changesets.forEach(changeset -> all.add(changeset.node()));
    return ScriptedServer.encoded(
        KnownResponse.of(
                KnownRequest.read(request.arguments()).nodes().stream().map(all::contains).toList())
            .toCbor());
  }

  private Iterator<ByteString> changesetdata(CommandRequest request) {
    List<CborValue> values = new ArrayList<>();
    RevisionSpecifier asked = ChangesetdataRequest.read(request.arguments()).revisions().get(0);
    List<Revision> sent = new ArrayList<>(asked.accept(new Requested()));
    sent.removeIf(changeset -> leftOut.contains(changeset.node()));
    values.add(new DataHeader(sent.size()).toCbor());
    for (Revision changeset : sent) {
      values.add(
          new ChangesetRecord(
                  changeset.node(),
                  changeset.parents(),
                  drafts.contains(changeset.node()) ? Phase.DRAFT : Phase.PUBLIC,
                  List.of(),
                  List.of(new FollowingField(FollowingField.REVISION, sent(changeset).length())))
              .toCbor());
      values.add(new CborBytes(sent(changeset)));
    }
    return ScriptedServer.encoded(values.toArray(CborValue[]::new));
  }

  /** Finds what a specifier stands for. */
  private final class Requested implements RevisionSpecifier.Visitor<List<Revision>> {
    /** Returns the position of a changeset, or -1 if there is none. */
    private int position(Node node) {
      for (int i = 0; i < changesets.size(); i++) {
        if (changesets.get(i).node().equals(node)) {
          return i;
        }
      }
      return -1;
    }

    @Override
    public List<Revision> visitExplicit(ChangesetExplicit specifier) {
      return specifier.nodes().stream().map(node -> changesets.get(position(node))).toList();
    }

    @Override
    public List<Revision> visitExplicitDepth(ChangesetExplicitDepth specifier) {
      Set<Revision> found = new TreeSet<>(Comparator.comparing(each -> position(each.node())));
      for (Node node : specifier.nodes()) {
        int end = position(node) + 1;
        int depth = (int) Math.min(end, specifier.depth() + tooDeep);
        found.addAll(changesets.subList(end - depth, end));
      }
      return List.copyOf(found);
    }

    @Override
    public List<Revision> visitDagRange(ChangesetDagRange specifier) {
      int from = specifier.roots().stream().mapToInt(root -> position(root) + 1).max().orElse(0);
      return changesets.subList(from, changesets.size());
    }
  }

  private ByteString sent(Revision revision) {
    ByteString substitute = substitutes.get(revision.node());
    if (substitute != null) {
      return substitute;
    }
    if (!damaged.contains(revision.node())) {
      return revision.text();
    }
    byte[] bytes = revision.text().toByteArray();
    bytes[bytes.length - 1] ^= 1;
    return ByteString.copyOf(bytes);
  }

  private Iterator<ByteString> manifestdata(CommandRequest request) {
    ManifestdataRequest asked = ManifestdataRequest.read(request.arguments());
    List<Node> nodes = asked.nodes();
    boolean haveParents = asked.haveParents() || presumesBases;
    List<ByteString> pieces = new ArrayList<>();
    pieces.add(CborEncoder.encode(new DataHeader(nodes.size()).toCbor()));
    List<Revision> sent = new ArrayList<>(manifests);
    if (reversesManifests) {
      Collections.reverse(sent);
    }
    Revision before = null;
    for (Revision manifest : sent) {
      boolean wanted = nodes.contains(manifest.node());
      if (wanted) {
        append(pieces, manifest, before);
      }
      before = wanted || haveParents ? manifest : null;
    }
    return pieces.iterator();
  }

  private void append(List<ByteString> pieces, Revision revision, @Nullable Revision base) {
    Node link = links.getOrDefault(revision.node(), revision.linknode());
    ByteString data = base == null ? sent(revision) : Delta.between(sent(base), sent(revision));
    ByteString name = base == null ? FollowingField.REVISION : FollowingField.DELTA;
    pieces.add(
        CborEncoder.encode(
            new RevisionRecord(
                    revision.node(),
                    revision.parents(),
                    link.isNull() ? null : link,
                    base == null ? null : base.node(),
                    List.of(new FollowingField(name, data.length())))
                .toCbor()));
    pieces.add(CborEncoder.encode(new CborBytes(data)));
  }

  private List<Revision> wanted(List<Revision> revisions, Set<Node> changesets) {
    return revisions.stream()
        .filter(revision -> changesets.contains(revision.linknode()))
        .filter(revision -> !leftOut.contains(revision.node()))
        .toList();
  }

  private Iterator<ByteString> filesdata(CommandRequest request) {
    FilesdataRequest asked = FilesdataRequest.read(request.arguments());
    List<ByteString> pieces = new ArrayList<>();
    if (asked.haveParents() && failsWithParents) {
      CborMap error =
          CborMap.builder()
              .put("status", ByteString.utf8("error"))
              .put(
                  "error",
                  CborMap.builder()
                      .put("message", ByteString.utf8("No such manifest entry."))
                      .build())
              .build();
      return ScriptedServer.encoded(error);
    }
    RevisionSpecifier specifier = asked.revisions().get(0);
    Set<Node> nodes = new HashSet<>(((ChangesetExplicit) specifier).nodes());
    Map<ByteString, List<Revision>> relevant = new LinkedHashMap<>(files);
    relevant.keySet().removeIf(path -> !ignoresPaths && !asked.pathFilter().matches(path));
    long total =
        relevant.values().stream().mapToLong(revisions -> wanted(revisions, nodes).size()).sum();
    pieces.add(CborEncoder.encode(new FilesdataHeader(relevant.size(), total).toCbor()));
    relevant.forEach(
        (path, revisions) -> {
          pieces.add(
              CborEncoder.encode(new PathHeader(path, wanted(revisions, nodes).size()).toCbor()));
          Revision before = null;
          for (Revision revision : revisions) {
            boolean wanted = nodes.contains(revision.linknode());
            if (wanted && !leftOut.contains(revision.node())) {
              append(pieces, revision, before);
            }
            before =
                leftOut.contains(revision.node())
                    ? null
                    : wanted || asked.haveParents() || presumesFileBases ? revision : null;
          }
        });
    return pieces.iterator();
  }
}
