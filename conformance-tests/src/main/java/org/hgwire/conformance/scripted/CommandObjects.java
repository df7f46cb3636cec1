// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.scripted;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.ChangesetField;
import org.hgwire.core.command.ChangesetRecord;
import org.hgwire.core.command.ChangesetdataRequest;
import org.hgwire.core.command.DataHeader;
import org.hgwire.core.command.FileField;
import org.hgwire.core.command.FiledataRequest;
import org.hgwire.core.command.FilesdataHeader;
import org.hgwire.core.command.FilesdataRequest;
import org.hgwire.core.command.FollowingField;
import org.hgwire.core.command.KnownRequest;
import org.hgwire.core.command.ManifestField;
import org.hgwire.core.command.ManifestdataRequest;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.PathHeader;
import org.hgwire.core.command.Phase;
import org.hgwire.core.command.RevisionRecord;
import org.hgwire.core.message.CommandRequest;

/** The objects of a right response to a request for the tiny history, the status first. */
final class CommandObjects {
  private static final CborMap OK = CborMap.builder().put("status", ByteString.utf8("ok")).build();

  private final TinyHistory history;
  private final Handshakes handshakes;

  CommandObjects(TinyHistory history, Handshakes handshakes) {
    this.history = history;
    this.handshakes = handshakes;
  }

  /**
   * Returns the objects.
   *
   * @throws org.hgwire.core.WireProtocolException if the arguments are malformed
   */
  List<CborValue> respond(CommandRequest request) {
    List<CborValue> objects = new ArrayList<>();
    objects.add(OK);
    String command = request.name().utf8();
    switch (command) {
      case "capabilities" -> objects.add(handshakes.capabilities());
      case "heads" -> objects.add(nodes(history.heads()));
      case "branchmap" ->
          objects.add(CborMap.builder().put("default", nodes(history.heads())).build());
      case "known" -> objects.add(known(KnownRequest.read(request.arguments())));
      case "listkeys" -> objects.add(CborMap.empty());
      case "changesetdata" ->
          addChangesets(objects, ChangesetdataRequest.read(request.arguments()));
      case "manifestdata" -> addManifests(objects, ManifestdataRequest.read(request.arguments()));
      case "filesdata" -> addFiles(objects, FilesdataRequest.read(request.arguments()));
      case "filedata" -> addFile(objects, FiledataRequest.read(request.arguments()));
      default -> {
        return List.of(error("there is no command " + command));
      }
    }
    return objects;
  }

  /** Returns the status of a request that is refused. */
  static CborMap error(String message) {
    CborValue atom = CborMap.builder().put("msg", ByteString.utf8(message)).build();
    return CborMap.builder()
        .put("status", ByteString.utf8("error"))
        .put("error", CborMap.builder().put("message", CborArray.of(atom)).build())
        .build();
  }

  private static CborArray nodes(List<Node> nodes) {
    return CborArray.ofByteStrings(
        nodes.stream().map(node -> ByteString.copyOf(node.toByteArray())).toList());
  }

  private CborValue known(KnownRequest request) {
    List<Node> all = history.changesets().stream().map(Revision::node).toList();
    return CborBytes.utf8(
        request.nodes().stream()
            .map(node -> all.contains(node) ? "1" : "0")
            .collect(Collectors.joining()));
  }

  private void addChangesets(List<CborValue> objects, ChangesetdataRequest request) {
    List<Integer> numbers = new ChangesetSelection(history).select(request.revisions());
    objects.add(new DataHeader(numbers.size()).toCbor());
    boolean texts = request.fields().contains(ChangesetField.REVISION);
    for (int number : numbers) {
      Revision next = history.changesets().get(number);
      objects.add(
          new ChangesetRecord(
                  next.node(),
                  request.fields().contains(ChangesetField.PARENTS) ? next.parents() : null,
                  request.fields().contains(ChangesetField.PHASE) ? Phase.PUBLIC : null,
                  List.of(),
                  following(next, texts))
              .toCbor());
      if (texts) {
        objects.add(new CborBytes(next.text()));
      }
    }
  }

  private static List<FollowingField> following(Revision revision, boolean text) {
    return text
        ? List.of(new FollowingField(FollowingField.REVISION, revision.text().length()))
        : List.of();
  }

  private void addManifests(List<CborValue> objects, ManifestdataRequest request) {
    List<Revision> wanted = named(history.manifests(), request.nodes());
    objects.add(new DataHeader(wanted.size()).toCbor());
    for (Revision next : wanted) {
      addRevision(
          objects,
          next,
          request.fields().contains(ManifestField.PARENTS),
          request.fields().contains(ManifestField.REVISION),
          false);
    }
  }

  private static List<Revision> named(List<Revision> revisions, List<Node> nodes) {
    return revisions.stream().filter(next -> nodes.contains(next.node())).toList();
  }

  private void addFiles(List<CborValue> objects, FilesdataRequest request) {
    List<Integer> numbers = new ChangesetSelection(history).select(request.revisions());
    Map<String, List<Revision>> wanted = new LinkedHashMap<>();
    history
        .files()
        .forEach(
            (path, revisions) -> {
              List<Revision> some =
                  revisions.stream()
                      .filter(
                          file ->
                              numbers.contains(file.link())
                                  || (!request.haveParents() && isTracked(path, file, numbers)))
                      .toList();
              if (!some.isEmpty()) {
                wanted.put(path, some);
              }
            });
    int items = wanted.values().stream().mapToInt(List::size).sum();
    objects.add(new FilesdataHeader(wanted.size(), items).toCbor());
    wanted.forEach(
        (path, revisions) -> {
          objects.add(new PathHeader(ByteString.utf8(path), revisions.size()).toCbor());
          revisions.forEach(next -> addFileRevision(objects, next, request.fields()));
        });
  }

  private boolean isTracked(String path, Revision file, List<Integer> numbers) {
    return numbers.stream()
        .anyMatch(number -> file.node().equals(history.tracked(number).get(path)));
  }

  private void addFile(List<CborValue> objects, FiledataRequest request) {
    List<Revision> wanted =
        named(history.files().getOrDefault(request.path().utf8(), List.of()), request.nodes());
    objects.add(new DataHeader(wanted.size()).toCbor());
    wanted.forEach(next -> addFileRevision(objects, next, request.fields()));
  }

  private void addFileRevision(List<CborValue> objects, Revision file, Set<FileField> fields) {
    addRevision(
        objects,
        file,
        fields.contains(FileField.PARENTS),
        fields.contains(FileField.REVISION),
        fields.contains(FileField.LINKNODE));
  }

  private void addRevision(
      List<CborValue> objects, Revision next, boolean parents, boolean text, boolean link) {
    objects.add(
        new RevisionRecord(
                next.node(),
                parents ? next.parents() : null,
                link ? history.changesets().get(next.link()).node() : null,
                null,
                following(next, text))
            .toCbor());
    if (text) {
      objects.add(new CborBytes(next.text()));
    }
  }
}
