// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.hgwire.core.bundle.Bundles.LIMITS;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Consumer;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BundleEncoderTest {
  private static final Node A = new Node(0, 0, 1);
  private static final Node B = new Node(0, 0, 2);
  private static final ByteString NO_PATH = ByteString.empty();

  /** What was written, and the size of its largest piece. */
  private static final class Written implements Consumer<ByteBuffer> {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int largest;

    @Override
    public void accept(ByteBuffer piece) {
      largest = Math.max(largest, piece.remaining());
      bytes.writeBytes(Bundles.bytesOf(piece));
    }
  }

  /** Writes the content of a bundle again. */
  private static byte[] rewritten(
      byte[] original, boolean hg10, BundleCompression compression, WireLimits limits) {
    Written written = new Written();
    try (BundleEncoder bundle =
        hg10
            ? BundleEncoder.hg10(compression, written)
            : BundleEncoder.hg20(compression, written)) {
      Copy copy = new Copy(bundle);
      Bundles.decode(original, 777, limits, copy);
      bundle.end();
    }
    assertThat(written.largest).isLessThanOrEqualTo(36 * 1024);
    return written.bytes.toByteArray();
  }

  /** Turns events into calls of the encoder. */
  private static final class Copy implements Consumer<BundleEvent> {
    private final BundleEncoder bundle;
    private ChangegroupEncoder changegroup =
        new ChangegroupEncoder(ChangegroupVersion.V01, bytes -> {});
    private final ByteArrayOutputStream payload = new ByteArrayOutputStream();

    Copy(BundleEncoder bundle) {
      this.bundle = bundle;
    }

    @Override
    public void accept(BundleEvent event) {
      if (event instanceof ChangegroupEvent.ChangegroupStarted start) {
        changegroup = bundle.changegroup(start.changegroup());
      } else if (event instanceof ChangegroupEvent.DeltaGroupStarted group) {
        changegroup.startGroup(group.segment(), group.path());
      } else if (event instanceof ChangegroupEvent.RevisionRead read) {
        changegroup.revision(read.header(), read.delta());
      } else if (event instanceof ChangegroupEvent.RevisionStarted start) {
        changegroup.startRevision(start.header(), start.length());
      } else if (event instanceof ChangegroupEvent.DeltaRead read) {
        changegroup.delta(read.data());
      } else if (event instanceof ChangegroupEvent.DeltaGroupEnded) {
        changegroup.endGroup();
      } else if (event instanceof ChangegroupEvent.ChangegroupEnded) {
        changegroup.end();
      } else if (event instanceof BundleEvent.PartDataRead read) {
        payload.writeBytes(Bundles.bytesOf(read.data()));
      } else if (event instanceof BundleEvent.PartEnded part
          && !part.part().type().equals("changegroup")) {
        bundle.part(
            part.part().name(),
            part.part().mandatory(),
            part.part().advisory(),
            ByteBuffer.wrap(payload.toByteArray()));
        payload.reset();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"none-v1, true", "none-v2, false", "incremental-v2, false"})
  void writesTheBytesOfMercurial(String name, boolean hg10) {
    byte[] original = Bundles.read(name + ".hg");
    WireLimits pieces = LIMITS.with(WireLimit.WHOLE_BUNDLE_DELTA, 16);
    for (WireLimits limits : List.of(LIMITS, pieces)) {
      assertThat(rewritten(original, hg10, BundleCompression.NONE, limits)).isEqualTo(original);
    }
  }

  @ParameterizedTest
  @CsvSource({"bzip2-03", "bzip2-03-trees"})
  void writesTheBytesOfMercurialFor03(String name) {
    byte[] original = Bundles.uncompressed(name + ".hg");
    assertThat(rewritten(original, false, BundleCompression.NONE, LIMITS)).isEqualTo(original);
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "ZLIB", "ZSTD"})
  void compressedBundlesRoundTrip(BundleCompression compression) {
    byte[] original = Bundles.read("none-v2.hg");
    byte[] written = rewritten(original, false, compression, LIMITS);
    List<Object> expected = Bundles.outcome(original);
    List<Object> outcome = Bundles.outcome(written);
    assertThat(outcome.subList(1, outcome.size())).isEqualTo(expected.subList(1, expected.size()));
    assertThat(((BundleEvent.HeaderRead) outcome.get(0)).header().compression())
        .isEqualTo(compression);
    if (compression != BundleCompression.NONE) {
      assertThat(written.length).isLessThan(original.length / 2);
    }
  }

  @Test
  void hg10IsCompressed() {
    byte[] original = Bundles.read("none-v1.hg");
    byte[] written = rewritten(original, true, BundleCompression.ZLIB, LIMITS);
    List<Object> expected = Bundles.outcome(original);
    List<Object> outcome = Bundles.outcome(written);
    assertThat(outcome.subList(1, outcome.size())).isEqualTo(expected.subList(1, expected.size()));
    assertThat(written.length).isLessThan(original.length / 2);
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "ZLIB", "ZSTD"})
  void largePayloadsAreSplitIntoChunks(BundleCompression compression) {
    byte[] payload = new byte[200_000];
    new Random(1).nextBytes(payload);
    Written written = new Written();
    try (BundleEncoder bundle = BundleEncoder.hg20(compression, written)) {
      ChangegroupEncoder changegroup =
          bundle.changegroup(new Changegroup(ChangegroupVersion.V03, OptionalLong.empty(), true));
      changegroup.startGroup(Segment.CHANGESETS, NO_PATH);
      DeltaHeader header = new DeltaHeader(A, Parents.NONE, Node.NULL, A, 0);
      changegroup.revision(header, ByteBuffer.wrap(payload));
      changegroup.endGroup();
      changegroup.startGroup(Segment.MANIFESTS, NO_PATH);
      changegroup.endGroup();
      changegroup.end();
      bundle.part(
          Bundles.CACHE,
          Map.of(),
          Map.of(ByteString.utf8("k"), ByteString.empty()),
          ByteBuffer.wrap(payload));
      bundle.end();
    }
    assertThat(written.largest).isLessThanOrEqualTo(36 * 1024);
    List<Object> outcome = Bundles.outcome(written.bytes.toByteArray());
    assertThat(outcome)
        .contains(
            new ChangegroupEvent.DeltaRead(ByteBuffer.wrap(payload)),
            new BundleEvent.PartDataRead(ByteBuffer.wrap(payload)),
            new BundleEvent.BundleEnded());
  }

  @Test
  void refusesWhatAFormatCannotExpress() {
    Consumer<ByteBuffer> nowhere = bytes -> {};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BundleEncoder.hg10(BundleCompression.ZSTD, nowhere));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BundleEncoder.hg10(BundleCompression.BZIP2, nowhere));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BundleEncoder.hg20(BundleCompression.BZIP2, nowhere));
    try (BundleEncoder hg10 = BundleEncoder.hg10(BundleCompression.NONE, nowhere)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> hg10.changegroup(Changegroup.of(ChangegroupVersion.V02)));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> hg10.part("output", Map.of(), Map.of(), ByteBuffer.allocate(0)));
      assertThatIllegalStateException().isThrownBy(hg10::end);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Changegroup(ChangegroupVersion.V02, OptionalLong.empty(), true));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Changegroup(ChangegroupVersion.V02, OptionalLong.of(-1), false));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DeltaHeader(A, Parents.NONE, B, A, 0x10000));
  }

  @Test
  void checksNamesAndParametersOfParts() {
    ByteString key = ByteString.utf8("k");
    ByteString longString = ByteString.copyOf(new byte[255]);
    ByteString tooLong = ByteString.copyOf(new byte[256]);
    PartHeader part =
        new PartHeader("a", 0, Map.of(longString, longString), Map.of(key, longString));
    assertThat(PartHeader.read(part.encode(), LIMITS)).isEqualTo(part);
    assertThat(part.parameter("k")).isEqualTo(longString);
    assertThat(part.isMandatory()).isFalse();
    assertThat(new PartHeader("x".repeat(255), 0, Map.of(), Map.of()).name()).hasSize(255);
    for (String name : List.of("", "a b", "\u00e9", "x".repeat(256))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new PartHeader(name, 0, Map.of(), Map.of()));
    }
    for (Map<ByteString, ByteString> wrong :
        List.of(Map.of(tooLong, key), Map.of(key, tooLong), Map.of(NO_PATH, key))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new PartHeader("a", 0, wrong, Map.of()));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PartHeader("a", 0, Map.of(key, key), Map.of(key, key)));
    Map<ByteString, ByteString> many = new java.util.HashMap<>();
    Collections.nCopies(256, key).forEach(k -> many.put(ByteString.utf8("k" + many.size()), k));
    assertThatIllegalArgumentException().isThrownBy(() -> new PartHeader("a", 0, Map.of(), many));
  }

  @Test
  void changegroupEnforcesItsOrder() {
    ChangegroupEncoder encoder = new ChangegroupEncoder(ChangegroupVersion.V01, bytes -> {});
    assertThatIllegalStateException().isThrownBy(encoder::end);
    assertThatIllegalStateException().isThrownBy(encoder::endGroup);
    assertThatIllegalStateException()
        .isThrownBy(() -> encoder.startGroup(Segment.MANIFESTS, NO_PATH));
    assertThatIllegalStateException()
        .isThrownBy(() -> encoder.startGroup(Segment.FILES, ByteString.utf8("a")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> encoder.startGroup(Segment.CHANGESETS, ByteString.utf8("a")));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> encoder.startGroup(Segment.FILES, NO_PATH));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> encoder.startGroup(Segment.TREE_MANIFESTS, ByteString.utf8("a/")));
    encoder.startGroup(Segment.CHANGESETS, NO_PATH);
    assertThatIllegalStateException().isThrownBy(encoder::end);
    DeltaHeader first = new DeltaHeader(A, Parents.NONE, Node.NULL, A, 0);
    assertThatIllegalArgumentException().isThrownBy(() -> encoder.startRevision(first, -1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> encoder.startRevision(first, Integer.MAX_VALUE - 83));
    encoder.startRevision(first, 2);
    assertThatIllegalStateException().isThrownBy(encoder::endGroup);
    assertThatIllegalArgumentException().isThrownBy(() -> encoder.delta(ByteBuffer.allocate(3)));
    encoder.delta(ByteBuffer.allocate(2));
    // In 01 the base is the previous revision, and there are no flags.
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> encoder.startRevision(new DeltaHeader(B, Parents.NONE, Node.NULL, B, 0), 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> encoder.startRevision(new DeltaHeader(B, Parents.NONE, A, B, 1), 0));
    encoder.endGroup();
    assertThatIllegalStateException().isThrownBy(encoder::end);
    assertThatIllegalStateException()
        .isThrownBy(() -> encoder.startGroup(Segment.FILES, ByteString.utf8("a")));
    assertThatIllegalStateException()
        .isThrownBy(() -> encoder.startGroup(Segment.CHANGESETS, NO_PATH));
    encoder.startGroup(Segment.MANIFESTS, NO_PATH);
    encoder.endGroup();
    encoder.end();
    assertThatIllegalStateException().isThrownBy(encoder::end);
  }

  @Test
  void bundleEnforcesItsOrder() {
    BundleEncoder bundle = BundleEncoder.hg20(BundleCompression.ZLIB, bytes -> {});
    ChangegroupEncoder changegroup = bundle.changegroup(Changegroup.of(ChangegroupVersion.V03));
    assertThatIllegalStateException().isThrownBy(bundle::end);
    assertThatIllegalStateException()
        .isThrownBy(() -> bundle.part("output", Map.of(), Map.of(), ByteBuffer.allocate(0)));
    changegroup.startGroup(Segment.CHANGESETS, NO_PATH);
    changegroup.endGroup();
    changegroup.startGroup(Segment.MANIFESTS, NO_PATH);
    changegroup.endGroup();
    changegroup.startGroup(Segment.FILES, ByteString.utf8("a"));
    changegroup.endGroup();
    assertThatIllegalStateException()
        .isThrownBy(() -> changegroup.startGroup(Segment.TREE_MANIFESTS, ByteString.utf8("a/")));
    changegroup.end();
    bundle.end();
    assertThatIllegalStateException().isThrownBy(bundle::end);
    bundle.close();
    bundle.close();
  }
}
