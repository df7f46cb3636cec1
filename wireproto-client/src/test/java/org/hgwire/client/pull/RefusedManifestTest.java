// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.RefusedHistoryException;
import org.hgwire.client.RefusedHistoryException.Reason;
import org.hgwire.client.RetryPolicy;
import org.hgwire.client.ScriptedServer;
import org.hgwire.client.bundle.BundleException;
import org.hgwire.client.bundle.BundleFault;
import org.hgwire.client.sink.ForwardingPullSink;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.PulledRevision;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.RevisionKind;
import org.hgwire.client.store.TemporaryRepositorySink;
import org.hgwire.core.ByteString;
import org.hgwire.core.bundle.BundleCompression;
import org.hgwire.core.encoding.ContentEncodings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests that no sink may get, over the wire and in bundles. */
final class RefusedManifestTest {
  private static final String NODE = "\0" + "a".repeat(40);

  @TempDir Path directory;

  /** Returns a repository whose last manifest has one more text at its start or end. */
  private static ScriptedRepository with(String before, String after) {
    ScriptedRepository repository = new ScriptedRepository(50).grow(2);
    repository.manifestChange = text -> ByteString.utf8(before + text.utf8() + after);
    return repository.grow(1);
  }

  private void refused(ScriptedRepository repository, Reason reason, String message)
      throws IOException {
    RevisionKey manifest = RevisionKey.manifest(repository.manifests.get(2).node());
    Received sink = new Received(TemporaryRepositorySink.open(directory));
    ScriptedServer server = repository.serve();
    try (sink;
        Peer peer =
            server.connect(
                PeerOptions.builder()
                    .retries(RetryPolicy.never())
                    .encodings(ContentEncodings.named("identity")))) {
      assertThatThrownBy(() -> Pull.run(peer, sink))
          .isInstanceOfSatisfying(
              RefusedHistoryException.class, e -> assertThat(e.reason()).isEqualTo(reason))
          .hasMessageContainingAll(manifest.node().hex(), message);
    }
    assertThat(sink.keys).doesNotContain(manifest).hasSize(2);
    try (Received applied = new Received(TemporaryRepositorySink.open(directory))) {
      byte[] bundle = ScriptedBundle.of(repository).hg20(BundleCompression.NONE);
      assertThatThrownBy(
              () ->
                  BundleApplier.apply(
                      new ByteArrayInputStream(bundle), applied, PullOptions.DEFAULT))
          .isInstanceOfSatisfying(
              BundleException.class, e -> assertThat(e.fault()).isEqualTo(BundleFault.UNSUPPORTED))
          .hasMessageContaining(message);
      assertThat(applied.keys).doesNotContain(manifest).hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/etc/passwd, is absolute",
    "../up, leads out",
    "../../x, leads out",
    ".hg/hgrc, .hg",
    ".HG/hgrc, .hg",
    "'.hg /hgrc', .hg",
    "a/.hG/b, .hg",
    "HG~1/x, .hg",
  })
  void unsafePathIsRefused(String path, String message) throws IOException {
    refused(with(path + NODE + "\n", ""), Reason.UNSAFE_PATH, message);
  }

  @Test
  void unsortedPathsAreRefused() throws IOException {
    refused(with("", "a" + NODE + "\n"), Reason.UNSORTED_MANIFEST, "at a;");
  }

  @Test
  void pathThatIsThereTwiceIsRefused() throws IOException {
    refused(with("", "g" + NODE + "\n"), Reason.UNSORTED_MANIFEST, "at g;");
    refused(with("a" + NODE + "\na" + NODE + "x\n", ""), Reason.UNSORTED_MANIFEST, "at a;");
  }

  @Test
  void treeManifestIsRefusedByThatName() throws IOException {
    refused(with("dir" + NODE + "t\n", ""), Reason.TREE_MANIFEST, "tree manifests");
  }

  @ParameterizedTest
  @ValueSource(strings = {"z", "z\n", "z\0abc\n", "z\0" + "A" + "b\n"})
  void malformedLineIsRefused(String line) throws IOException {
    refused(with("", line), Reason.MALFORMED_MANIFEST, "malformed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\\b", "..\\b", "c:x", "con", "aux.txt", ".hgtags", ".hgsub"})
  void oddPathIsKept(String path) throws IOException {
    ScriptedRepository repository = with(path + NODE + "\n", "");
    try (Received sink = new Received(TemporaryRepositorySink.open(directory))) {
      byte[] bundle = ScriptedBundle.of(repository).hg20(BundleCompression.NONE);
      BundleApplier.apply(new ByteArrayInputStream(bundle), sink, PullOptions.DEFAULT);
      assertThat(sink.keys).contains(RevisionKey.manifest(repository.manifests.get(2).node()));
    }
  }

  /** A sink that notes which manifests it got. */
  private static final class Received extends ForwardingPullSink {
    private final List<RevisionKey> keys = new ArrayList<>();

    Received(PullSink sink) {
      super(sink);
    }

    @Override
    public void accept(PulledRevision revision) throws IOException {
      super.accept(revision);
      if (revision.key().kind() == RevisionKind.MANIFEST) {
        keys.add(revision.key());
      }
    }
  }
}
