// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.PeerProtocolException;
import org.hgwire.client.RetryPolicy;
import org.hgwire.client.bundle.BundleException;
import org.hgwire.client.bundle.BundleFault;
import org.hgwire.client.sink.ForwardingPullSink;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.sink.RevisionKey;
import org.hgwire.client.sink.RevisionKind;
import org.hgwire.client.sink.RevisionText;
import org.hgwire.client.store.RepositorySink;
import org.hgwire.client.store.TemporaryRepositorySink;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.bundle.BundleCompression;
import org.hgwire.core.bundle.DeltaHeader;
import org.hgwire.core.bundle.Segment;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.hgwire.core.revision.Delta;
import org.hgwire.core.revision.NodeHasher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Little that becomes much: compressed data, deltas, changesets that share manifests. */
@Timeout(60)
final class UnfoldingTest {
  private static final int MIB = 1 << 20;

  @TempDir Path directory;

  private PullSummary apply(byte[] bundle, WireLimits limits) throws IOException {
    try (PullSink sink = RepositorySink.open(directory.resolve("store"))) {
      return BundleApplier.apply(
          new ByteArrayInputStream(bundle), sink, PullOptions.DEFAULT, limits);
    }
  }

  private BundleException refused(byte[] bundle, WireLimits limits) {
    BundleException fault =
        catchThrowableOfType(BundleException.class, () -> apply(bundle, limits));
    assertThat(fault).isNotNull();
    assertThat(fault.fault()).isEqualTo(BundleFault.UNREADABLE);
    return fault;
  }

  @ParameterizedTest
  @EnumSource(names = {"ZLIB", "ZSTD", "BZIP2"})
  void skippedPartMayNotExpandForEver(BundleCompression compression) throws IOException {
    ScriptedBundle bundle = ScriptedBundle.of(new ScriptedRepository(100).grow(2));
    bundle.parts.add(
        new ScriptedBundle.Part("obsmarkers", Map.of(), ByteString.copyOf(new byte[4 * MIB])));
    byte[] bytes = bundle.hg20(compression);
    WireLimits limits = WireLimits.defaults().with(WireLimit.EXPANSION_FLOOR, MIB);
    assertThat(refused(bytes, limits.with(WireLimit.MAX_EXPANSION, 100)))
        .hasMessageContaining(WireLimit.MAX_EXPANSION.toString());
    WireLimits less = WireLimits.defaults().with(WireLimit.MAX_DECOMPRESSED_BYTES, 2 * MIB);
    assertThat(refused(bytes, less))
        .hasMessageContaining(WireLimit.MAX_DECOMPRESSED_BYTES.toString());
    assertThatCode(() -> apply(bytes, WireLimits.defaults())).doesNotThrowAnyException();
  }

  @Test
  void deltasOfABundleMayNotMakeTextsForEver() throws IOException {
    byte[] bytes =
        ScriptedBundle.of(new ScriptedRepository(100_000).grow(40)).hg20(BundleCompression.NONE);
    WireLimits limits =
        WireLimits.defaults()
            .with(WireLimit.DELTA_EXPANSION_FLOOR, 2 * MIB)
            .with(WireLimit.MAX_DELTA_EXPANSION, 2);
    assertThat(refused(bytes, limits))
        .hasMessageContaining(WireLimit.MAX_DELTA_EXPANSION.toString());
    assertThat(apply(bytes, WireLimits.defaults()).fileRevisions()).isPositive();
  }

  @Test
  void deltasOfAServerMayNotMakeTextsForEver() throws IOException {
    ScriptedRepository repository = new ScriptedRepository(100_000).grow(40);
    WireLimits limits =
        WireLimits.defaults()
            .with(WireLimit.DELTA_EXPANSION_FLOOR, 2 * MIB)
            .with(WireLimit.MAX_DELTA_EXPANSION, 2);
    try (Peer peer =
            repository
                .serve()
                .connect(PeerOptions.builder().retries(RetryPolicy.never()).limits(limits));
        PullSink sink = TemporaryRepositorySink.open(directory)) {
      PeerProtocolException fault =
          catchThrowableOfType(PeerProtocolException.class, () -> Pull.run(peer, sink));
      assertThat(fault.fault().code()).isEqualTo(WireErrorCode.LIMIT);
      assertThat(fault).hasMessageContaining(WireLimit.MAX_DELTA_EXPANSION.toString());
    }
  }

  /** A bundle of changesets that name two manifests in turn. */
  static byte[] pingPong(int changesets, int files, BundleCompression compression) {
    StringBuilder lines = new StringBuilder();
    String hash = "12".repeat(Node.BYTES);
    for (int i = 0; i < files; i++) {
      lines.append(String.format(Locale.ROOT, "f%07d", i)).append('\0');
      lines.append(hash).append('\n');
    }
    ByteString first = ByteString.utf8(lines.toString());
    ByteString second = ByteString.utf8(lines + "g\0" + hash + "\n");
    Node one = NodeHasher.hash(Parents.NONE, first);
    Node two = NodeHasher.hash(Parents.of(one), second);
    ScriptedBundle bundle = new ScriptedBundle();
    List<ScriptedBundle.Entry> texts = new ArrayList<>();
    Node parent = Node.NULL;
    Node root = Node.NULL;
    for (int i = 0; i < changesets; i++) {
      ByteString text = ByteString.utf8((i % 2 == 0 ? one : two) + "\nme\n0 0\n\n" + i);
      Parents parents = parent.isNull() ? Parents.NONE : Parents.of(parent);
      Node node = NodeHasher.hash(parents, text);
      texts.add(
          new ScriptedBundle.Entry(
              new DeltaHeader(node, parents, Node.NULL, node, 0),
              Delta.between(ByteString.empty(), text)));
      root = root.isNull() ? node : root;
      parent = node;
    }
    bundle.groups.add(new ScriptedBundle.Group(Segment.CHANGESETS, ByteString.empty(), texts));
    bundle.groups.add(
        new ScriptedBundle.Group(
            Segment.MANIFESTS,
            ByteString.empty(),
            List.of(
                ScriptedBundle.whole(first, root),
                new ScriptedBundle.Entry(
                    new DeltaHeader(two, Parents.of(one), one, root, 0),
                    Delta.between(first, second)))));
    return bundle.hg20(compression);
  }

  @Test
  void pairOfManifestsIsComparedOnce() throws IOException {
    byte[] bundle = pingPong(300, 100, BundleCompression.NONE);
    List<RevisionKey> opened = new ArrayList<>();
    try (PullSink sink =
        new ForwardingPullSink(TemporaryRepositorySink.open(directory)) {
          @Override
          public @Nullable RevisionText open(RevisionKey key) throws IOException {
            if (key.kind() == RevisionKind.MANIFEST) {
              opened.add(key);
            }
            return super.open(key);
          }
        }) {
      BundleApplier.apply(new ByteArrayInputStream(bundle), sink, PullOptions.DEFAULT);
      assertThat(sink.incomplete()).hasSize(300);
    }
    assertThat(opened).hasSizeLessThan(20);
  }

  @Test
  void comparisonsAreLimited() {
    WireLimits limits =
        WireLimits.defaults()
            .with(WireLimit.DELTA_EXPANSION_FLOOR, 0)
            .with(WireLimit.MAX_DELTA_EXPANSION, 1);
    ExpansionLimit limit = new ExpansionLimit("these", limits, () -> 100);
    limit.work(100);
    assertThat(catchThrowableOfType(WireProtocolException.class, () -> limit.work(1)))
        .hasMessageContaining("these take more than 1 times the 100 bytes");
  }
}
