// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.clonebundles;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.bundle.BundleException;
import org.hgwire.client.pull.BundleApplier;
import org.hgwire.client.pull.Pull;
import org.hgwire.client.pull.PullOptions;
import org.hgwire.client.pull.PullSummary;
import org.hgwire.client.sink.PullSink;
import org.hgwire.client.store.RepositorySink;
import org.hgwire.client.store.TemporaryRepositorySink;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgServe;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.mercurial.SampleRepositories;
import org.hgwire.core.command.Node;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bundles of a real hg are applied to our sinks, and every hash is verified. */
final class BundleInteropTest {
  @TempDir Path temporary;
  private Hg hg;
  private SampleRepositories samples;
  private BundleFiles bundles;

  @BeforeEach
  void findMercurial() {
    hg = RealHg.require();
    samples = new SampleRepositories(hg);
    bundles = new BundleFiles(hg, temporary);
  }

  static Stream<String> types() {
    return Stream.concat(Stream.of(BundleFiles.TYPES), Stream.of(BundleFiles.STRIPPED));
  }

  private static PullSummary apply(byte[] bundle, PullSink sink) throws IOException {
    return BundleApplier.apply(new ByteArrayInputStream(bundle), sink, PullOptions.DEFAULT);
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyBundleTypeHasTheRevisionsThatHgCounts(String type) throws IOException {
    for (boolean large : new boolean[] {false, true}) {
      Path source = temporary.resolve("source" + large);
      if (large) {
        samples.large(source);
      } else {
        samples.rich(source);
      }
      PullSummary counts = bundles.counts(source);
      byte[] bundle = bundles.all(source, type);
      try (PullSink verifying = TemporaryRepositorySink.open(temporary);
          PullSink keeping = RepositorySink.open(temporary.resolve("sink" + large))) {
        for (PullSink sink : new PullSink[] {verifying, keeping}) {
          PullSummary summary = apply(bundle, sink);
          assertThat(summary.changesets()).isEqualTo(counts.changesets());
          assertThat(summary.manifests()).isEqualTo(counts.manifests());
          assertThat(summary.fileRevisions()).isEqualTo(counts.fileRevisions());
          assertThat(sink.incomplete()).isEmpty();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bzip2-v1", "zstd-v2"})
  void bundleHasTheSameRevisionsAsAPull(String type) throws IOException {
    for (boolean large : new boolean[] {false, true}) {
      Path source = temporary.resolve("source" + large);
      if (large) {
        samples.large(source);
      } else {
        samples.rich(source);
      }
      byte[] bundle = bundles.of(source, "not secret()", type);
      try (HgServe serve = HgServe.v2(hg, source);
          Peer peer = Peer.connect(serve.url(), PeerOptions.defaults());
          BundleSinkRecord pulled = new BundleSinkRecord(TemporaryRepositorySink.open(temporary));
          BundleSinkRecord applied =
              new BundleSinkRecord(TemporaryRepositorySink.open(temporary))) {
        Pull.run(peer, pulled);
        apply(bundle, applied);
        assertThat(applied.revisions).containsExactlyInAnyOrderElementsOf(pulled.revisions);
        assertThat(applied.completed).isEqualTo(pulled.completed);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void damagedByteIsATypedFailureOrHarmless(String type) throws IOException {
    byte[] bundle = bundles.all(samples.rich(temporary.resolve("source")), type);
    Set<String> reference = reference(bundle);
    int failed = 0;
    int regions = 150;
    for (int region = 0; region < regions; region++) {
      byte[] damaged = bundle.clone();
      damaged[(int) ((long) region * bundle.length / regions)] ^= 0x41;
      failed += attempt(damaged, reference) ? 0 : 1;
    }
    assertThat(failed).isGreaterThan(regions * 9 / 10);
  }

  @ParameterizedTest
  @MethodSource("types")
  void truncatedBundleIsATypedFailure(String type) throws IOException {
    byte[] bundle = bundles.all(samples.rich(temporary.resolve("source")), type);
    Set<String> reference = reference(bundle);
    int cuts = 80;
    for (int cut = 0; cut < cuts; cut++) {
      int length = (int) ((long) cut * bundle.length / cuts);
      assertThat(attempt(Arrays.copyOf(bundle, length), reference))
          .as("cut at %d", length)
          .isFalse();
    }
    assertThat(attempt(Arrays.copyOf(bundle, bundle.length - 1), reference)).isFalse();
  }

  private Set<String> reference(byte[] bundle) throws IOException {
    try (BundleSinkRecord sink = new BundleSinkRecord(TemporaryRepositorySink.open(temporary))) {
      apply(bundle, sink);
      return sink.revisions;
    }
  }

  /**
   * Applies a bundle that may be damaged and returns whether it was accepted; then everything is in
   * the sink. Only revisions of the reference ever get into the sink, and a changeset that lacks a
   * parent or file is not reported as complete.
   */
  private boolean attempt(byte[] bundle, Set<String> reference) throws IOException {
    try (BundleSinkRecord sink = new BundleSinkRecord(TemporaryRepositorySink.open(temporary))) {
      boolean taken = true;
      try {
        apply(bundle, sink);
      } catch (BundleException e) {
        taken = false;
      }
      assertThat(reference).containsAll(sink.revisions);
      if (taken) {
        assertThat(sink.revisions).hasSize(reference.size());
      }
      for (Node changeset : sink.completed) {
        assertThat(sink.completed).containsAll(sink.parents(changeset));
      }
      long changesets = reference.stream().filter(line -> line.startsWith("changeset")).count();
      assertThat(sink.completed.size() == changesets)
          .isEqualTo(sink.revisions.size() == reference.size());
      return taken;
    }
  }
}
