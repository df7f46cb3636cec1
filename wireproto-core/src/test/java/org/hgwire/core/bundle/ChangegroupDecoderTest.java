// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hgwire.core.bundle.Bundles.LIMITS;
import static org.hgwire.core.bundle.Bundles.ascii;
import static org.hgwire.core.bundle.Bundles.int32;
import static org.hgwire.core.bundle.Bundles.join;

import java.nio.ByteBuffer;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.bundle.ChangegroupEvent.DeltaGroupStarted;
import org.hgwire.core.bundle.ChangegroupEvent.DeltaRead;
import org.hgwire.core.bundle.ChangegroupEvent.RevisionEnded;
import org.hgwire.core.bundle.ChangegroupEvent.RevisionRead;
import org.hgwire.core.bundle.ChangegroupEvent.RevisionStarted;
import org.hgwire.core.command.Node;
import org.hgwire.core.command.Parents;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChangegroupDecoderTest {
  private static final byte[] EMPTY = int32(0);

  private static Node node(int n) {
    return new Node(0, 0, n);
  }

  private static byte[] bytes(Node node) {
    return node.toByteArray();
  }

  private static byte[] chunk(byte[]... data) {
    byte[] joined = join(data);
    return join(int32(4 + joined.length), joined);
  }

  private static byte[] revision(ChangegroupVersion version, byte[] delta) {
    byte[] link = bytes(node(5));
    return switch (version) {
      case V01 -> chunk(bytes(node(1)), bytes(node(2)), bytes(node(3)), link, delta);
      case V02 ->
          chunk(bytes(node(1)), bytes(node(2)), bytes(node(3)), bytes(node(4)), link, delta);
      case V03 ->
          chunk(
              bytes(node(1)),
              bytes(node(2)),
              bytes(node(3)),
              bytes(node(4)),
              link,
              new byte[] {(byte) 0xe0, 1},
              delta);
    };
  }

  private static List<Object> outcome(
      ChangegroupVersion version, WireLimits limits, byte[]... pieces) {
    byte[] all = join(pieces);
    List<Object> whole =
        Bundles.outcome(
            new ChangegroupDecoder(Changegroup.of(version), limits), all, Math.max(1, all.length));
    assertThat(Bundles.outcome(new ChangegroupDecoder(Changegroup.of(version), limits), all, 1))
        .isEqualTo(whole);
    return whole;
  }

  private static String last(List<Object> outcome) {
    return outcome.get(outcome.size() - 1).toString();
  }

  @Test
  void readsHeadersOfAllVersions() {
    byte[] delta = ascii("delta");
    Parents parents = new Parents(node(2), node(3));
    for (ChangegroupVersion version : ChangegroupVersion.values()) {
      Node base = version == ChangegroupVersion.V01 ? node(2) : node(4);
      int flags = version == ChangegroupVersion.V03 ? 0xe001 : 0;
      assertThat(outcome(version, LIMITS, revision(version, delta)))
          .contains(
              new RevisionRead(
                  new DeltaHeader(node(1), parents, base, node(5), flags), ByteBuffer.wrap(delta)));
      assertThat(ChangegroupVersion.of(version.text())).isEqualTo(version);
    }
    assertThat(DeltaHeader.CENSORED | DeltaHeader.ELLIPSIS | DeltaHeader.EXTERNALLY_STORED)
        .isEqualTo(0xe000);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 10})
  void deltasAreWholeUpToTheLimit(int bound) {
    WireLimits limits = LIMITS.with(WireLimit.WHOLE_BUNDLE_DELTA, Math.max(1, bound));
    ChangegroupVersion version = ChangegroupVersion.V02;
    List<Object> whole = outcome(version, limits, revision(version, new byte[bound]));
    assertThat(whole).filteredOn(RevisionRead.class::isInstance).hasSize(1);
    List<Object> pieces =
        outcome(version, limits, revision(version, new byte[bound + 1 + (bound == 0 ? 1 : 0)]));
    assertThat(pieces).filteredOn(RevisionRead.class::isInstance).isEmpty();
    assertThat(pieces).filteredOn(RevisionStarted.class::isInstance).hasSize(1);
    assertThat(pieces).filteredOn(DeltaRead.class::isInstance).hasSize(1);
    assertThat(pieces).contains(new RevisionEnded());
  }

  @Test
  void piecesOfADeltaAreSlicesOfTheInput() {
    ChangegroupVersion version = ChangegroupVersion.V01;
    WireLimits limits = LIMITS.with(WireLimit.WHOLE_BUNDLE_DELTA, 1);
    byte[] input = revision(version, ascii("ab"));
    ChangegroupDecoder decoder = new ChangegroupDecoder(Changegroup.of(version), limits);
    decoder.feed(ByteBuffer.wrap(input));
    for (int i = 0; i < 3; i++) {
      assertThat(decoder.poll()).isNotNull();
    }
    DeltaRead read = (DeltaRead) java.util.Objects.requireNonNull(decoder.poll());
    input[input.length - 1] = 'X';
    assertThat(read.data()).isEqualTo(ByteBuffer.wrap(ascii("aX")));
    assertThat(read.data().isReadOnly()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"1", "4", "83", "-1", "-2147483648"})
  void refusesChunksShorterThanADeltaHeader(int length) {
    assertThat(last(outcome(ChangegroupVersion.V01, LIMITS, int32(length))))
        .startsWith("MALFORMED: the changegroup has a chunk of " + length + " bytes");
  }

  @ParameterizedTest
  @CsvSource({"1", "4", "-1"})
  void refusesEmptyPaths(int length) {
    assertThat(last(outcome(ChangegroupVersion.V01, LIMITS, EMPTY, EMPTY, int32(length))))
        .startsWith(
            "MALFORMED: the changegroup has a chunk of " + length + " bytes instead of a path");
  }

  @Test
  void directoriesEndWithASlashAndFilesDoNot() {
    assertThat(last(outcome(ChangegroupVersion.V01, LIMITS, EMPTY, EMPTY, chunk(ascii("a/")))))
        .startsWith("MALFORMED: the changegroup has the path a/, which is invalid for FILES");
    assertThat(last(outcome(ChangegroupVersion.V03, LIMITS, EMPTY, EMPTY, chunk(ascii("a")))))
        .startsWith(
            "MALFORMED: the changegroup has the path a, which is invalid for TREE_MANIFESTS");
    for (String path : List.of("a\0b", "a\nb")) {
      assertThat(last(outcome(ChangegroupVersion.V01, LIMITS, EMPTY, EMPTY, chunk(ascii(path)))))
          .startsWith("MALFORMED: the changegroup has the path a\\x0");
    }
    assertThat(
            outcome(
                ChangegroupVersion.V03,
                LIMITS,
                EMPTY,
                EMPTY,
                chunk(ascii("a/")),
                EMPTY,
                EMPTY,
                chunk(ascii("a")),
                EMPTY,
                EMPTY))
        .contains(
            new DeltaGroupStarted(Segment.TREE_MANIFESTS, ByteString.utf8("a/")),
            new DeltaGroupStarted(Segment.FILES, ByteString.utf8("a")),
            new ChangegroupEvent.ChangegroupEnded());
  }

  @Test
  void enforcesLimits() {
    WireLimits limits =
        LIMITS.with(WireLimit.MAX_BUNDLE_CHUNK, 10).with(WireLimit.MAX_BUNDLE_PATH, 3);
    ChangegroupVersion version = ChangegroupVersion.V02;
    assertThat(outcome(version, limits, revision(version, new byte[10])))
        .filteredOn(RevisionRead.class::isInstance)
        .hasSize(1);
    assertThat(last(outcome(version, limits, int32(4 + 100 + 11)))).startsWith("LIMIT");
    assertThat(outcome(version, limits, EMPTY, EMPTY, chunk(ascii("abc"))))
        .contains(new DeltaGroupStarted(Segment.FILES, ByteString.utf8("abc")));
    assertThat(last(outcome(version, limits, EMPTY, EMPTY, int32(8)))).startsWith("LIMIT");
    assertThat(last(outcome(version, LIMITS, int32(Integer.MAX_VALUE)))).startsWith("LIMIT");
  }

  @Test
  void refusesBytesAfterTheEnd() {
    byte[] whole = new byte[12];
    assertThat(last(outcome(ChangegroupVersion.V01, LIMITS, whole)))
        .isEqualTo("ChangegroupEnded[]");
    assertThat(last(outcome(ChangegroupVersion.V01, LIMITS, whole, new byte[1])))
        .isEqualTo("MALFORMED: the changegroup continues after its end, before byte 12");
    assertThat(last(outcome(ChangegroupVersion.V01, LIMITS)))
        .isEqualTo("TRUNCATED: the changegroup ends at byte 0, before its end");
    assertThat(last(outcome(ChangegroupVersion.V03, LIMITS, whole))).startsWith("TRUNCATED");
  }
}
