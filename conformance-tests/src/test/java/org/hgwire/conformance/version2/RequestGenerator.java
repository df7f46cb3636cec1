// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.version2;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.hgwire.conformance.version1.KnownRevisions;
import org.hgwire.core.ByteString;
import org.hgwire.core.bundle.Segment;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborSet;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.command.Node;
import org.hgwire.core.message.CommandRequest;

/** Generates requests of version 2 about a repository, the same for a seed. */
final class RequestGenerator {
  private static final ByteString NONE = ByteString.empty();
  private static final List<String> RULES =
      List.of(
          "path:dir0",
          "path:dir1",
          "path:copy",
          "path:file-1",
          "path:file-2",
          "path:nothing",
          "path:.",
          "path:",
          "rootfilesin:",
          "rootfilesin:.",
          "rootfilesin:dir3",
          "rootfilesin:rename");

  private final Random random;
  private final KnownRevisions served;
  private final KnownRevisions all;

  /**
   * Generates requests.
   *
   * @param served what may be served
   * @param all what may be served, and what is secret or obsolete
   */
  RequestGenerator(long seed, KnownRevisions served, KnownRevisions all) {
    this.random = new Random(seed);
    this.served = served;
    this.all = all;
  }

  /** Returns a request for {@code known} with what is there, what is hidden and what is not. */
  CommandRequest known() {
    List<CborValue> nodes = new ArrayList<>(some(changesets(all), 6));
    nodes.add(random.nextInt(nodes.size() + 1), bytes(random()));
    if (random.nextInt(4) == 0) {
      nodes.add(bytes(Node.NULL));
    }
    return CommandRequest.of("known", CborMap.builder().put("nodes", array(nodes)).build());
  }

  /** Returns a request for {@code changesetdata} of what may be served. */
  CommandRequest changesetdata() {
    return CommandRequest.of(
        "changesetdata",
        CborMap.builder()
            .put("revisions", revisions(served))
            .put("fields", fields("bookmarks", "parents", "phase", "revision"))
            .build());
  }

  /** Returns a request for {@code changesetdata} that may name what is secret or obsolete. */
  CommandRequest hiddenChangesetdata() {
    return CommandRequest.of(
        "changesetdata",
        CborMap.builder()
            .put("revisions", revisions(all))
            .put("fields", fields("bookmarks", "parents", "phase", "revision"))
            .build());
  }

  /** Returns a request for {@code manifestdata}. */
  CommandRequest manifestdata() {
    return manifestdata(served.nodes(Segment.MANIFESTS, NONE));
  }

  /** Returns a request for {@code manifestdata} that names only what is secret or obsolete. */
  CommandRequest hiddenManifestdata() {
    List<Node> nodes = new ArrayList<>(all.nodes(Segment.MANIFESTS, NONE));
    nodes.removeAll(served.nodes(Segment.MANIFESTS, NONE));
    return manifestdata(nodes);
  }

  private CommandRequest manifestdata(List<Node> nodes) {
    return CommandRequest.of(
        "manifestdata",
        CborMap.builder()
            .put("tree", NONE)
            .put("nodes", array(some(nodes, 12)))
            .put("fields", fields("parents", "revision"))
            .put("haveparents", random.nextBoolean())
            .build());
  }

  /** Returns a request for {@code filedata}. */
  CommandRequest filedata() {
    List<ByteString> paths = served.paths();
    ByteString path = paths.get(random.nextInt(paths.size()));
    return filedata(path, served.nodes(Segment.FILES, path));
  }

  /** Returns a request for {@code filedata} that names only what is secret or obsolete. */
  CommandRequest hiddenFiledata() {
    List<ByteString> paths = new ArrayList<>(all.paths());
    Collections.shuffle(paths, random);
    for (ByteString path : paths) {
      List<Node> nodes = new ArrayList<>(all.nodes(Segment.FILES, path));
      nodes.removeAll(served.nodes(Segment.FILES, path));
      if (!nodes.isEmpty()) {
        return filedata(path, nodes);
      }
    }
    throw new AssertionError("no file has a hidden revision");
  }

  private CommandRequest filedata(ByteString path, List<Node> nodes) {
    return CommandRequest.of(
        "filedata",
        CborMap.builder()
            .put("path", path)
            .put("nodes", array(some(nodes, 5)))
            .put("fields", fields("linknode", "parents", "revision"))
            .put("haveparents", random.nextBoolean())
            .build());
  }

  /** Returns a request for {@code filesdata}. */
  CommandRequest filesdata(boolean haveParents) {
    CborMap.Builder arguments =
        CborMap.builder()
            .put("revisions", revisions(served))
            .put("fields", fields("linknode", "parents", "revision"))
            .put("haveparents", haveParents);
    if (random.nextInt(3) > 0) {
      arguments.put("pathfilter", filter());
    }
    return CommandRequest.of("filesdata", arguments.build());
  }

  private CborMap filter() {
    CborMap.Builder filter = CborMap.builder();
    if (random.nextBoolean()) {
      filter.put("include", rules());
    }
    if (random.nextBoolean()) {
      filter.put("exclude", rules());
    }
    return filter.build();
  }

  private CborSet rules() {
    List<String> rules = new ArrayList<>(RULES);
    Collections.shuffle(rules, random);
    return CborSet.ofByteStrings(
        rules.subList(0, 1 + random.nextInt(3)).stream().map(ByteString::utf8).toList());
  }

  private CborArray revisions(KnownRevisions from) {
    List<CborValue> specifiers = new ArrayList<>();
    for (int i = random.nextInt(2); i >= 0; i--) {
      specifiers.add(specifier(from));
    }
    return array(specifiers);
  }

  private CborMap specifier(KnownRevisions from) {
    CborMap.Builder specifier = CborMap.builder();
    return switch (random.nextInt(3)) {
      case 0 ->
          specifier
              .put("type", ByteString.utf8("changesetexplicit"))
              .put("nodes", array(some(changesets(from), 8)))
              .build();
      case 1 ->
          specifier
              .put("type", ByteString.utf8("changesetexplicitdepth"))
              .put("nodes", array(some(changesets(from), 3)))
              .put("depth", 1 + random.nextInt(6))
              .build();
      default ->
          specifier
              .put("type", ByteString.utf8("changesetdagrange"))
              .put(
                  "roots",
                  random.nextInt(4) == 0
                      ? array(random.nextBoolean() ? List.of() : List.of(bytes(Node.NULL)))
                      : array(some(changesets(from), 3)))
              .put("heads", array(some(changesets(from), 3)))
              .build();
    };
  }

  private CborSet fields(String... names) {
    List<ByteString> fields = new ArrayList<>();
    for (String name : names) {
      if (random.nextInt(3) > 0) {
        fields.add(ByteString.utf8(name));
      }
    }
    return CborSet.ofByteStrings(fields);
  }

  private List<CborValue> some(List<Node> nodes, int max) {
    return random
        .ints(1 + random.nextInt(max), 0, nodes.size())
        .distinct()
        .<CborValue>mapToObj(index -> bytes(nodes.get(index)))
        .toList();
  }

  private static List<Node> changesets(KnownRevisions from) {
    return from.nodes(Segment.CHANGESETS, NONE);
  }

  private Node random() {
    byte[] bytes = new byte[Node.BYTES];
    random.nextBytes(bytes);
    return Node.of(ByteString.copyOf(bytes));
  }

  private static CborBytes bytes(Node node) {
    return new CborBytes(node.toByteString());
  }

  private static CborArray array(List<CborValue> items) {
    return new CborArray(items);
  }
}
