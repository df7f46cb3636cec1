// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.PeerProtocolException;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.store.RepositorySink;
import org.hgwire.client.testing.RepositoryContents;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.hgwire.core.revision.NodeHasher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over version 2, file revisions link to what the manifests say, whatever the server says. */
@Timeout(60)
final class LinkedRevisionsTest {
  private static final ByteString F = ByteString.utf8("f");

  @TempDir Path directory;
  private final ScriptedRepository repository = new ScriptedRepository(200).grow(20);
  private List<String> honest = List.of();

  @BeforeEach
  void pullFromAnHonestServer() throws IOException {
    Path target = directory.resolve("honest");
    pull(target);
    honest = RepositoryContents.revisions(target);
    assertThat(honest).hasSize(80);
  }

  private void pull(Path target) throws IOException {
    try (Peer peer = repository.serve().connect(PeerOptions.builder());
        PullSink sink = RepositorySink.open(target)) {
      Pull.run(peer, sink, PullOptions.DEFAULT.withBatchSize(7).withDirectory(directory));
    }
  }

  private void requireSameAsFromAnHonestServer() throws IOException {
    Path target = directory.resolve("target");
    pull(target);
    assertThat(RepositoryContents.revisions(target)).containsExactlyInAnyOrderElementsOf(honest);
  }

  private List<ScriptedRepository.Revision> revisions() {
    return requireNonNull(repository.files.get(F));
  }

  private Node linknode(String kind, int number) {
    return switch (kind) {
      case "none" -> Node.NULL;
      case "unknown" -> Node.fromHex("ab".repeat(20));
      case "earlier" -> repository.changesets.get(Math.max(0, number - 1)).node();
      default -> repository.changesets.get(19).node();
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "unknown", "earlier", "last"})
  void wrongLinknodesAreNotStored(String kind) throws IOException {
    for (int i = 0; i < 20; i++) {
      repository.links.put(revisions().get(i).node(), linknode(kind, i));
    }
    requireSameAsFromAnHonestServer();
  }

  /** {@code filedata} of hg says which changeset was the first, be it of the batch or not. */
  @ParameterizedTest
  @ValueSource(strings = {"none", "unknown", "earlier", "last"})
  void linknodesOfFiledataAreNotStored(String kind) throws IOException {
    for (int i = 0; i < 20; i += 3) {
      Node node = revisions().get(i).node();
      repository.leftOut.add(node);
      repository.links.put(node, linknode(kind, i));
    }
    requireSameAsFromAnHonestServer();
  }

  @Test
  void revisionThatNoManifestNamesIsRefused() throws IOException {
    Parents parents = Parents.of(revisions().get(19).node());
    ByteString text = ByteString.utf8("foreign");
    Node node = NodeHasher.hash(parents, text);
    revisions()
        .add(
            new ScriptedRepository.Revision(
                node, parents, text, repository.changesets.get(19).node()));
    Path target = directory.resolve("target");

    assertThatThrownBy(() -> pull(target))
        .isInstanceOf(PeerProtocolException.class)
        .hasMessageContaining("revision " + node.hex() + " of file f, which no manifest names");

    try (PullSink sink = RepositorySink.open(target)) {
      assertThat(sink.has(RevisionKey.file(F, node))).isFalse();
      assertThat(sink.has(RevisionKey.file(F, revisions().get(13).node()))).isTrue();
      assertThat(sink.has(RevisionKey.file(F, revisions().get(14).node()))).isFalse();
    }
  }

  @Test
  void manifestBeforeItsParentIsRefused() {
    repository.reversesManifests = true;
    assertThatThrownBy(() -> pull(directory.resolve("target")))
        .isInstanceOf(PeerProtocolException.class)
        .hasMessageContaining("before its parent");
  }
}
