// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.frame;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBoolean;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborNull;
import org.hgwire.core.cbor.CborSet;
import org.hgwire.core.cbor.CborValue;

/** Frames, bytes of frames, and ways to cut bytes, for properties. */
public final class FrameArbitraries {
  private FrameArbitraries() {}

  /** Any header, with any codes, that declares {@code length} bytes. */
  public static Arbitrary<FrameHeader> headers(Arbitrary<Integer> length) {
    return Combinators.combine(
            length,
            Arbitraries.integers().between(0, 0xffff),
            Arbitraries.integers().between(0, 0xff),
            Arbitraries.integers().between(0, 0xff),
            Arbitraries.integers().between(0, 0xf),
            Arbitraries.integers().between(0, 0xf))
        .as(FrameHeader::new);
  }

  /** Any payload of up to {@code max} bytes. */
  public static Arbitrary<byte[]> payloads(int max) {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(max);
  }

  /** Any frame, with any codes, and up to {@code maxPayload} bytes. */
  public static Arbitrary<Frame> frames(int maxPayload) {
    return payloads(maxPayload)
        .flatMap(
            payload ->
                headers(Arbitraries.just(payload.length))
                    .map(header -> new Frame(header, ByteBuffer.wrap(payload))));
  }

  /** Frames whose type and flags are legal, on any stream, for any request. */
  public static Arbitrary<Frame> legalFrames(int maxPayload) {
    Arbitrary<Integer> typeAndFlags =
        Arbitraries.of(FrameType.values())
            .flatMap(
                type ->
                    Arbitraries.integers()
                        .between(0, 0xf)
                        .filter(type::allows)
                        .map(flags -> type.code() << 4 | flags));
    return Combinators.combine(
            frames(maxPayload), typeAndFlags, Arbitraries.integers().between(0, 7))
        .as(
            (frame, codes, streamFlags) ->
                new Frame(
                    new FrameHeader(
                        frame.header().payloadLength(),
                        frame.header().requestId(),
                        frame.header().streamId(),
                        streamFlags,
                        codes >> 4,
                        codes & 0xf),
                    frame.payload()));
  }

  /** Values of every type, with containers in containers. */
  public static Arbitrary<CborValue> values() {
    Arbitrary<CborValue> scalars =
        Arbitraries.oneOf(
            Arbitraries.of(CborNull.NULL, CborBoolean.FALSE, CborBoolean.TRUE),
            Combinators.combine(Arbitraries.of(true, false), Arbitraries.longs())
                .as(CborInteger::new),
            payloads(12).map(bytes -> new CborBytes(ByteString.copyOf(bytes))));
    Arbitrary<List<CborValue>> members = scalars.list().ofMaxSize(4).uniqueElements();
    return Arbitraries.recursive(
        () -> scalars,
        inner ->
            Arbitraries.oneOf(
                scalars,
                inner.list().ofMaxSize(3).map(CborArray::new),
                members.map(CborSet::of),
                Combinators.combine(members, inner.list().ofSize(4)).as(FrameArbitraries::map)),
        0,
        3);
  }

  private static CborValue map(List<CborValue> keys, List<CborValue> values) {
    CborMap.Builder map = CborMap.builder();
    for (int i = 0; i < keys.size(); i++) {
      map.put(keys.get(i), values.get(i));
    }
    return map.build();
  }

  /** Legal frames whose payload is the encoding of one value. */
  public static Arbitrary<Frame> cborFrames() {
    return Combinators.combine(legalFrames(0), values())
        .as(
            (frame, value) -> {
              ByteBuffer payload = CborEncoder.encode(value).asByteBuffer();
              FrameHeader header = frame.header();
              return new Frame(
                  new FrameHeader(
                      payload.remaining(),
                      header.requestId(),
                      header.streamId(),
                      header.streamFlags(),
                      header.typeCode(),
                      header.flags()),
                  payload);
            });
  }

  /** Lengths of pieces to cut bytes into; see {@link #cut}. */
  public static Arbitrary<List<Integer>> cuts() {
    return Arbitraries.integers().between(0, 40).list().ofMinSize(1).ofMaxSize(20);
  }

  /**
   * Cuts {@code bytes} into pieces of {@code lengths}, repeatedly to the end. Pieces are in turn
   * heap buffers, read-only, direct, and slices with an offset.
   */
  public static List<ByteBuffer> cut(byte[] bytes, List<Integer> lengths) {
    List<ByteBuffer> pieces = new ArrayList<>();
    int from = 0;
    for (int i = 0; from < bytes.length; i++) {
      int length = lengths.get(i % lengths.size());
      if (i % lengths.size() == lengths.size() - 1) {
        length = Math.max(1, length);
      }
      length = Math.min(length, bytes.length - from);
      pieces.add(piece(bytes, from, length, i));
      from += length;
    }
    return pieces;
  }

  private static ByteBuffer piece(byte[] bytes, int from, int length, int kind) {
    ByteBuffer slice = ByteBuffer.wrap(bytes).slice(from, length);
    return switch (kind % 4) {
      case 0 -> slice;
      case 1 -> slice.asReadOnlyBuffer();
      case 2 -> ByteBuffer.allocateDirect(length).put(slice).flip();
      default -> ByteBuffer.allocate(length + 7).position(3).put(slice).flip().position(3);
    };
  }

  /** Returns all the encoded frames, one after the other. */
  public static byte[] encode(List<Frame> frames) {
    int length = 0;
    for (Frame frame : frames) {
      length += FrameHeader.BYTES + frame.header().payloadLength();
    }
    ByteBuffer bytes = ByteBuffer.allocate(length);
    for (Frame frame : frames) {
      bytes.put(frame.encode());
    }
    return bytes.array();
  }
}
