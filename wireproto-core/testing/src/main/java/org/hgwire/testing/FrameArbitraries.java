// SPDX-License-Identifier: Apache-2.0
package org.hgwire.testing;

import java.nio.ByteBuffer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameHeader;
import org.hgwire.core.frame.FrameType;

/**
 * Frames, and sequences of them as bytes. What a decoder of frames alone must accept is sound here;
 * sequences that a server or a client must accept are in {@link RequestArbitraries} and {@link
 * ResponseArbitraries}.
 */
public final class FrameArbitraries {
  private static final int MAX_FRAMES = 8;

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
    return legalFrames(payloads(maxPayload).map(ByteString::copyOf));
  }

  /** Legal frames whose payload is the encoding of one value. */
  public static Arbitrary<Frame> cborFrames() {
    return legalFrames(CborArbitraries.values().map(CborEncoder::encode));
  }

  private static Arbitrary<Frame> legalFrames(Arbitrary<ByteString> payloads) {
    Arbitrary<Integer> typeAndFlags =
        Arbitraries.of(FrameType.values())
            .flatMap(
                type ->
                    Arbitraries.integers()
                        .between(0, 0xf)
                        .filter(type::allows)
                        .map(flags -> type.code() << 4 | flags));
    return Combinators.combine(
            payloads,
            Arbitraries.integers().between(0, 0xffff),
            Arbitraries.integers().between(0, 0xff),
            Arbitraries.integers().between(0, 7),
            typeAndFlags)
        .as(
            (payload, requestId, streamId, streamFlags, codes) ->
                new Frame(
                    new FrameHeader(
                        payload.length(), requestId, streamId, streamFlags, codes >> 4, codes & 15),
                    payload.asByteBuffer()));
  }

  /** Sound for a decoder of frames: whole frames, with legal or any codes. */
  public static Arbitrary<FrameBytes> sequences() {
    return Arbitraries.oneOf(frames(60), legalFrames(60), cborFrames())
        .list()
        .ofMaxSize(MAX_FRAMES)
        .map(FrameBytes::of);
  }

  /**
   * What {@code sound} makes, with one frame that is changed in its header, left out, repeated,
   * moved, shortened or lengthened. All frames are whole.
   */
  public static Arbitrary<FrameBytes> nearlySound(Arbitrary<FrameBytes> sound) {
    return Combinators.combine(
            sound,
            Arbitraries.of(FrameChange.values()),
            Arbitraries.integers().between(0, 100),
            Arbitraries.integers().between(0, 0xffff))
        .as((bytes, change, place, value) -> change.applyTo(bytes, place, value));
  }

  /** Legal frames that together are no exchange: any type, any request, in any order. */
  public static Arbitrary<FrameBytes> nearlySoundSequences() {
    return Arbitraries.oneOf(
        legalFrames(60).list().ofMaxSize(MAX_FRAMES).map(FrameBytes::of),
        cborFrames().list().ofMaxSize(MAX_FRAMES).map(FrameBytes::of),
        nearlySound(sequences()));
  }

  /** What {@code sound} makes, damaged anywhere: in headers too, so that lengths are wrong. */
  public static Arbitrary<FrameBytes> hostile(Arbitrary<FrameBytes> sound) {
    return Combinators.combine(sound, DamageArbitraries.damages()).as(FrameBytes::with);
  }

  /**
   * Damaged sequences, noise, and frames that declare up to 16 MiB of payload and have little of
   * it.
   */
  public static Arbitrary<FrameBytes> hostileSequences() {
    Arbitrary<Integer> lengths =
        Arbitraries.oneOf(
            Arbitraries.of(0xff_ffff, 0x80_0000, 0x10_0000, 0x1_0000),
            Arbitraries.integers().between(0, 0xff_ffff));
    Arbitrary<FrameBytes> unfilled =
        Combinators.combine(headers(lengths), payloads(40))
            .as(
                (header, payload) -> {
                  ByteBuffer bytes = ByteBuffer.allocate(FrameHeader.BYTES + payload.length);
                  header.write(bytes);
                  return new FrameBytes(ByteString.copyOf(bytes.put(payload).flip()));
                });
    return Arbitraries.oneOf(
        hostile(sequences()), unfilled, DamageArbitraries.noise(120).map(FrameBytes::new));
  }
}
