// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.command.Node;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MarkersDecoderTest {
  private static final Node A = Node.fromHex("11".repeat(20));
  private static final Node B = Node.fromHex("22".repeat(20));

  private double date = 0;
  private int flags;
  private int parentCount = 3;
  private int lengthChange;
  private Node[] parents = {};

  private static byte[] version0(Node predecessor, List<Node> successors, String metadata) {
    ByteBuffer marker = ByteBuffer.allocate(1_000);
    marker.put((byte) successors.size()).putInt(metadata.length()).put((byte) 0);
    predecessor.write(marker);
    successors.forEach(node -> node.write(marker));
    marker.put(metadata.getBytes(StandardCharsets.US_ASCII));
    return Arrays.copyOf(marker.array(), marker.position());
  }

  private byte[] version1(Node predecessor, List<Node> successors, String... metadata) {
    ByteBuffer marker = ByteBuffer.allocate(1_000);
    marker.putInt(0).putDouble(date).putShort((short) 60).putShort((short) flags);
    marker.put((byte) successors.size()).put((byte) parentCount);
    marker.put((byte) (metadata.length / 2));
    predecessor.write(marker);
    successors.forEach(node -> node.write(marker));
    for (Node parent : parents) {
      parent.write(marker);
    }
    for (String text : metadata) {
      marker.put((byte) text.length());
    }
    for (String text : metadata) {
      marker.put(text.getBytes(StandardCharsets.US_ASCII));
    }
    marker.putInt(0, marker.position() + lengthChange);
    return Arrays.copyOf(marker.array(), marker.position());
  }

  private static List<ObsolescenceMarker> decode(int piece, int version, byte[]... markers) {
    ByteBuffer all = ByteBuffer.allocate(10_000).put((byte) version);
    for (byte[] marker : markers) {
      all.put(marker);
    }
    all.flip();
    MarkersDecoder decoder = new MarkersDecoder();
    List<ObsolescenceMarker> found = new ArrayList<>();
    while (all.hasRemaining()) {
      int count = Math.min(piece, all.remaining());
      decoder.feed(all.slice(all.position(), count));
      for (ObsolescenceMarker next = decoder.poll(); next != null; next = decoder.poll()) {
        found.add(next);
      }
      all.position(all.position() + count);
    }
    decoder.endOfInput();
    return found;
  }

  private static void assertRefused(WireErrorCode code, int version, byte[]... markers) {
    assertThatExceptionOfType(WireProtocolException.class)
        .isThrownBy(() -> decode(1_000, version, markers))
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 10_000})
  void markersOfBothVersionsAreDecoded(int piece) {
    byte[] split = version0(A, List.of(B, Node.fromHex("33".repeat(20))), "user:x\0date:0 0");
    byte[] pruned = version0(B, List.of(), "");
    assertThat(decode(piece, 0, split, pruned))
        .extracting(ObsolescenceMarker::stored)
        .containsExactly(ByteString.copyOf(split), ByteString.copyOf(pruned));
    parentCount = 1;
    parents = new Node[] {B};
    byte[] first = version1(A, List.of(), "user", "somebody", "note", "");
    parentCount = 3;
    parents = new Node[0];
    byte[] second = version1(B, List.of(A));
    List<ObsolescenceMarker> found = decode(piece, 1, first, second);
    assertThat(found.get(0))
        .isEqualTo(new ObsolescenceMarker(1, ByteString.copyOf(first), A, List.of()));
    assertThat(found.get(1))
        .isEqualTo(new ObsolescenceMarker(1, ByteString.copyOf(second), B, List.of(A)));
    assertThat(decode(piece, 1)).isEmpty();
  }

  @Test
  void whatMakesMercurialFailIsRefused() {
    assertRefused(WireErrorCode.MALFORMED, 1, version1(A, List.of(Node.NULL)));
    assertRefused(WireErrorCode.MALFORMED, 1, version1(Node.NULL, List.of(A)));
    assertRefused(WireErrorCode.MALFORMED, 1, version1(A, List.of(B, A)));
    assertRefused(WireErrorCode.MALFORMED, 0, version0(A, List.of(Node.NULL), ""));
    assertRefused(WireErrorCode.MALFORMED, 0, version0(A, List.of(B), "user:x\0note"));
    date = Double.NaN;
    assertRefused(WireErrorCode.MALFORMED, 1, version1(A, List.of(B)));
    date = Double.POSITIVE_INFINITY;
    assertRefused(WireErrorCode.MALFORMED, 1, version1(A, List.of(B)));
    assertRefused(WireErrorCode.UNSUPPORTED, 2);
  }

  @Test
  void lengthsThatDoNotAgreeAreRefused() {
    parentCount = 4;
    assertRefused(WireErrorCode.MALFORMED, 1, version1(A, List.of()));
    parentCount = 2;
    assertRefused(WireErrorCode.MALFORMED, 1, version1(A, List.of()));
    parentCount = 3;
    for (int change : new int[] {-40, -1, 1, 1 << 20, Integer.MIN_VALUE}) {
      lengthChange = change;
      assertRefused(
          change == 1 ? WireErrorCode.TRUNCATED : WireErrorCode.MALFORMED,
          1,
          version1(A, List.of(B), "user", "x"));
    }
    lengthChange = 1;
    assertRefused(WireErrorCode.MALFORMED, 1, version1(A, List.of(B), "user", "x"), new byte[1]);
    byte[] endless = version0(A, List.of(), "");
    endless[1] = -1;
    assertRefused(WireErrorCode.MALFORMED, 0, endless);
  }

  @Test
  void markersThatEndTooSoonAreTruncated() {
    byte[] marker = version1(A, List.of(B), "user", "x");
    for (int length = 1; length < marker.length; length++) {
      assertRefused(WireErrorCode.TRUNCATED, 1, Arrays.copyOf(marker, length));
    }
    assertThatExceptionOfType(WireProtocolException.class)
        .isThrownBy(() -> new MarkersDecoder().endOfInput());
  }

  @Test
  void markersWithLongNodesAreSkipped() {
    flags = 2;
    ByteBuffer marker = ByteBuffer.allocate(4 + 8 + 2 + 2 + 3 + 32);
    marker.putInt(marker.limit()).putDouble(0).putShort((short) 0).putShort((short) 2);
    marker.put((byte) 0).put((byte) 3).put((byte) 0);
    flags = 0;
    assertThat(decode(1_000, 1, marker.array(), version1(A, List.of(B)))).hasSize(1);
  }
}
