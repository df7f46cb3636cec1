// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.sink.ForwardingPullSink;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.PulledRevision;
import org.hgwire.client.sink.RevisionDelta;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.RevisionKind;
import org.hgwire.client.store.TemporaryRepositorySink;
import org.hgwire.core.ByteString;
import org.hgwire.core.bundle.BundleCompression;
import org.hgwire.core.revision.Delta;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a sink gets of a revision besides its text. */
@Timeout(60)
final class PulledDeltasTest {
  @TempDir Path directory;
  private final ScriptedRepository repository = new ScriptedRepository(3_000).grow(12);

  /** A sink that applies each delta to its base, and counts them. */
  private static final class Deltas extends ForwardingPullSink {
    private final PullSink sink;
    private int deltas;
    private int whole;

    Deltas(PullSink sink) {
      super(sink);
      this.sink = sink;
    }

    @Override
    public void accept(PulledRevision revision) throws IOException {
      RevisionDelta delta = revision.delta();
      ByteBuffer text = ByteBuffer.wrap(revision.text().readAll().toByteArray());
      if (delta != null) {
        RevisionKey key = revision.key();
        RevisionKey base = new RevisionKey(key.kind(), key.path(), delta.base());
        ByteBuffer before = requireNonNull(sink.open(base)).readAll().asByteBuffer();
        assertThat(delta.bytes().isReadOnly()).isTrue();
        assertThat(Delta.apply(before, delta.bytes(), text.remaining())).isEqualTo(text);
        deltas++;
      } else if (revision.key().kind() != RevisionKind.CHANGESET) {
        whole++;
      }
      assertThat(ByteBuffer.wrap(revision.text().sharedBytes())).isEqualTo(text);
      super.accept(revision);
    }
  }

  private PullOptions options(int textInMemory) {
    return PullOptions.DEFAULT.withTextInMemory(textInMemory).withDirectory(directory);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1_000, 1_000_000})
  void bundleGivesTheDeltasThatCame(int textInMemory) throws IOException {
    byte[] bundle = ScriptedBundle.of(repository).hg20(BundleCompression.NONE);
    try (Deltas sink = new Deltas(TemporaryRepositorySink.open(directory))) {
      BundleApplier.apply(new ByteArrayInputStream(bundle), sink, options(textInMemory));
      // The first revisions of manifest, f and g have the null node as base.
      assertThat(sink.whole).isEqualTo(3);
      assertThat(sink.deltas).isEqualTo(3 * 11);
    }
  }

  @Test
  void version2GivesTheDeltasThatCame() throws Exception {
    try (Peer peer = repository.serve().connect(PeerOptions.builder());
        Deltas sink = new Deltas(TemporaryRepositorySink.open(directory))) {
      PullSummary summary = Pull.run(peer, sink, options(1_000_000));
      assertThat(sink.deltas).isPositive();
      assertThat(sink.whole + sink.deltas)
          .isEqualTo((int) (summary.manifests() + summary.fileRevisions()));
    }
  }

  @Test
  void deltaTooLongToHoldIsNotGiven() throws IOException {
    ScriptedRepository large = new ScriptedRepository(100_000).grow(1);
    large.grow(1);
    ScriptedBundle bundle = ScriptedBundle.of(large);
    for (int group = 1; group < 4; group++) {
      // The second revision replaces all of the first one.
      ScriptedBundle.Entry second = bundle.entries(group).get(1);
      List<ScriptedRepository.Revision> revisions =
          group == 1 ? large.manifests : List.copyOf(large.files.values()).get(group - 2);
      ByteString text = revisions.get(1).text();
      ByteBuffer delta = ByteBuffer.allocate(12 + text.length());
      delta.putInt(0).putInt(revisions.get(0).text().length()).putInt(text.length());
      text.putTo(delta);
      bundle
          .entries(group)
          .set(1, new ScriptedBundle.Entry(second.header(), ByteString.copyOf(delta.flip())));
    }
    byte[] bytes = bundle.hg20(BundleCompression.NONE);
    for (int textInMemory : new int[] {1_000, 1_000_000}) {
      try (Deltas sink = new Deltas(TemporaryRepositorySink.open(directory))) {
        BundleApplier.apply(new ByteArrayInputStream(bytes), sink, options(textInMemory));
        assertThat(sink.deltas).isEqualTo(textInMemory == 1_000 ? 1 : 3);
      }
    }
  }
}
