// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants.client;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.hgwire.client.Batch;
import org.hgwire.client.CommandResult;
import org.hgwire.client.Peer;
import org.hgwire.conformance.suite.ClientUnderTest.JavaClient;
import org.hgwire.conformance.suite.KnownClients;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.BranchmapRequest;
import org.hgwire.core.command.ChangesetField;
import org.hgwire.core.command.ChangesetdataRequest;
import org.hgwire.core.command.FileField;
import org.hgwire.core.command.FilesdataRequest;
import org.hgwire.core.command.HeadsRequest;
import org.hgwire.core.command.ManifestField;
import org.hgwire.core.command.ManifestdataRequest;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.RevisionSpecifier;
import org.hgwire.core.command.TypedRequest;

/**
 * A client that reads everything that a server has, and keeps nothing: four commands of a {@link
 * Peer}, and a {@link Check} for each thing that can be wrong in what comes.
 *
 * @param checks what is checked
 * @param fault a fault between it and HTTP
 */
record PlainClone(Set<Check> checks, ClientFault fault) implements JavaClient {
  private static final int HEX = 40;

  /** Returns the client with all checks but some. */
  static PlainClone without(Check... checks) {
    Set<Check> others = EnumSet.allOf(Check.class);
    others.removeAll(List.of(checks));
    return new PlainClone(others, ClientFault.NONE);
  }

  /** Returns the client that takes what came of a response for all of it. */
  static PlainClone withoutCompleteness() {
    Set<Check> others = EnumSet.copyOf(withoutCounts().checks());
    others.remove(Check.FAILURES);
    return new PlainClone(others, ClientFault.NONE);
  }

  /** Returns the client that takes what is in a response that does not fail for all of it. */
  static PlainClone withoutCounts() {
    return without(
        Check.HEADERS,
        Check.COUNTS,
        Check.TEXTS,
        Check.HEADS,
        Check.MANIFESTS,
        Check.FILES,
        Check.FILE_PATHS);
  }

  PlainClone with(ClientFault other) {
    return new PlainClone(checks, other);
  }

  @Override
  public void cloneAll(URI url, Path directory) throws IOException {
    try (Peer peer = Peer.connect(url, KnownClients.options(OurClient.transport(fault)))) {
      List<Node> heads = heads(peer);
      RevisionSpecifier all = RevisionSpecifier.ancestors(heads);
      List<PlainRevision> changesets =
          read(
              peer,
              ChangesetdataRequest.of(all, ChangesetField.PARENTS, ChangesetField.REVISION),
              Check.CHANGESET_HASHES);
      requireHistory(heads, changesets);
      Set<ByteString> manifestNodes = new LinkedHashSet<>();
      for (PlainRevision changeset : changesets) {
        if (changeset.text() != null) {
          manifestNodes.add(ByteString.fromHex(latin1(changeset.text()).substring(0, HEX)));
        }
      }
      List<PlainRevision> manifests =
          read(
              peer,
              ManifestdataRequest.of(
                  manifestNodes.stream().map(Node::of).toList(),
                  ManifestField.PARENTS,
                  ManifestField.REVISION),
              Check.MANIFEST_HASHES);
      require(
          nodes(manifests).containsAll(manifestNodes), Check.MANIFESTS, "a manifest is missing");
      List<PlainRevision> files =
          read(
              peer,
              FilesdataRequest.of(all, FileField.PARENTS, FileField.REVISION),
              Check.FILE_HASHES);
      requireFiles(manifests, files);
    }
  }

  /** Asks for the heads, and for those of branches in the same exchange. */
  private static List<Node> heads(Peer peer) throws IOException {
    Batch batch = peer.batch();
    CommandResult<List<Node>> heads = batch.heads(HeadsRequest.ofAll());
    CommandResult<?> branches = batch.branchmap(new BranchmapRequest());
    batch.send();
    branches.await();
    return heads.await();
  }

  private List<PlainRevision> read(Peer peer, TypedRequest request, Check hashes)
      throws IOException {
    List<PlainRevision> revisions = new PlainResponse(checks, peer, request).revisions();
    for (PlainRevision next : revisions) {
      if (checks.contains(hashes)) {
        require(next.isSound(), hashes, "the hash of " + next.node().hex() + " is wrong");
      }
    }
    return revisions;
  }

  private void requireHistory(Collection<Node> heads, List<PlainRevision> changesets)
      throws IOException {
    Set<ByteString> before = new HashSet<>();
    for (PlainRevision next : changesets) {
      require(before.containsAll(next.present()), Check.PARENTS, "a parent is missing");
      before.add(next.node());
    }
    require(
        before.containsAll(heads.stream().map(Node::toByteString).toList()),
        Check.HEADS,
        "a head is missing");
  }

  private void requireFiles(List<PlainRevision> manifests, List<PlainRevision> files)
      throws IOException {
    Set<ByteString> came = nodes(files);
    for (Named file : named(manifests)) {
      require(came.contains(file.node()), Check.FILES, "a file is missing");
      require(
          files.stream()
              .filter(next -> next.node().equals(file.node()))
              .anyMatch(next -> next.path().equals(file.path())),
          Check.FILE_PATHS,
          "a file is at another path");
    }
  }

  private void require(boolean condition, Check check, String why) throws IOException {
    PlainResponse.require(checks, condition, check, why);
  }

  private static Set<ByteString> nodes(List<PlainRevision> revisions) {
    Set<ByteString> nodes = new HashSet<>();
    revisions.forEach(next -> nodes.add(next.node()));
    return nodes;
  }

  /** Returns the file revisions that manifests name, whatever else is in a line. */
  private static Set<Named> named(List<PlainRevision> manifests) {
    Set<Named> named = new LinkedHashSet<>();
    for (PlainRevision manifest : manifests) {
      if (manifest.text() != null) {
        for (String line : latin1(manifest.text()).split("\n", -1)) {
          int end = line.indexOf('\0');
          if (end >= 0) {
            named.add(
                new Named(
                    ByteString.copyOf(line.substring(0, end).getBytes(StandardCharsets.ISO_8859_1)),
                    ByteString.fromHex(line.substring(end + 1, end + 1 + HEX))));
          }
        }
      }
    }
    return named;
  }

  /** A file that a manifest names. */
  private record Named(ByteString path, ByteString node) {}

  private static String latin1(ByteString text) {
    return new String(text.toByteArray(), StandardCharsets.ISO_8859_1);
  }
}
