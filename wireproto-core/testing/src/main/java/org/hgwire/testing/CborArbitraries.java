// SPDX-License-Identifier: Apache-2.0
package org.hgwire.testing;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
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

/** Values of Mercurial's subset of CBOR, and encoded sequences of them. */
public final class CborArbitraries {
  private static final int DEEP = 10_000;

  private CborArbitraries() {}

  /** Byte strings: mostly short, sometimes of a few hundred bytes. */
  public static Arbitrary<ByteString> byteStrings() {
    return Arbitraries.oneOf(DamageArbitraries.noise(8), DamageArbitraries.noise(300));
  }

  /** Integers of the whole range and of every size, including the bounds of the sizes. */
  public static Arbitrary<CborInteger> integers() {
    Arbitrary<Long> borders =
        Combinators.combine(
                Arbitraries.integers().between(0, 63), Arbitraries.longs().between(-2, 2))
            .as((bits, offset) -> (1L << bits) + offset);
    Arbitrary<Long> argument =
        Arbitraries.oneOf(Arbitraries.longs(), Arbitraries.longs().between(0, 300), borders);
    return Combinators.combine(Arbitraries.of(true, false), argument).as(CborInteger::new);
  }

  /** Null, booleans, byte strings and integers: what may be a map key or set member. */
  public static Arbitrary<CborValue> scalars() {
    return Arbitraries.oneOf(
        byteStrings().map(CborBytes::new),
        integers().map(integer -> integer),
        Arbitraries.of(CborNull.NULL, CborBoolean.FALSE, CborBoolean.TRUE));
  }

  /** Sets. */
  public static Arbitrary<CborSet> sets() {
    return scalars().list().ofMaxSize(6).uniqueElements().map(CborSet::of);
  }

  /** Values of every type, nested up to three levels. */
  public static Arbitrary<CborValue> values() {
    return values(3);
  }

  private static Arbitrary<CborValue> values(int depth) {
    Arbitrary<CborValue> flat = Arbitraries.oneOf(scalars(), sets().map(set -> set));
    if (depth == 1) {
      return flat;
    }
    Arbitrary<CborValue> items = Arbitraries.lazy(() -> values(depth - 1));
    Arbitrary<CborValue> arrays = items.list().ofMaxSize(4).map(CborArray::new);
    Arbitrary<CborValue> maps = maps(items).map(map -> map);
    return Arbitraries.frequencyOf(Tuple.of(2, flat), Tuple.of(1, arrays), Tuple.of(2, maps));
  }

  /** Maps with scalar keys and {@code values}. */
  public static Arbitrary<CborMap> maps(Arbitrary<CborValue> values) {
    return Arbitraries.maps(scalars(), values)
        .ofMaxSize(6)
        .map(
            entries -> {
              CborMap.Builder map = CborMap.builder();
              entries.forEach(map::put);
              return map.build();
            });
  }

  /** A top-level byte string of indefinite length, as its encoding. */
  public static Arbitrary<ByteString> indefiniteByteStrings() {
    return byteStrings()
        .list()
        .ofMaxSize(5)
        .map(
            chunks -> {
              CborEncoder encoder = new CborEncoder().indefiniteBytesStart();
              chunks.forEach(chunk -> encoder.value(new CborBytes(chunk)));
              return ByteString.copyOf(encoder.indefiniteBytesEnd().take());
            });
  }

  /** Encodings of one value that are valid, but neither shortest nor sorted. */
  public static Arbitrary<ByteString> looseEncodings() {
    return Combinators.combine(values(), Arbitraries.longs())
        .as((value, seed) -> LooseEncoding.of(value, new Random(seed)));
  }

  /** Sound: encoded sequences of top-level values, not always shortest or sorted. */
  public static Arbitrary<ByteString> sequences() {
    return Arbitraries.oneOf(
            values().map(CborEncoder::encode), looseEncodings(), indefiniteByteStrings())
        .list()
        .ofMaxSize(4)
        .map(CborArbitraries::concatenate);
  }

  /**
   * Nearly sound: CBOR that is well-formed, but not Mercurial's subset: text strings, floats, other
   * tags and simple values, containers of indefinite length, keys that are containers, keys and
   * members that occur twice.
   */
  public static Arbitrary<ByteString> nearlySoundSequences() {
    Arbitrary<ByteString> outside =
        Arbitraries.of(
                "6161",
                "7f6161ff",
                "f93c00",
                "fb3ff0000000000000",
                "f7",
                "e0",
                "f820",
                "c000",
                "d9010101",
                "d90102a0",
                "9f01ff",
                "bf0102ff",
                "a1800000",
                "a2010001 00",
                "d90102820101",
                "d901028180",
                "5f5f4101ffff",
                "5f6161ff",
                "5f01ff",
                "1c",
                "ff",
                "5c")
            .map(hex -> ByteString.fromHex(hex.replace(" ", "")));
    return Combinators.combine(sequences(), outside, sequences())
        .as((before, fault, after) -> concatenate(List.of(before, fault, after)));
  }

  /**
   * Hostile: damaged sequences, noise, heads that announce up to 2<sup>64</sup> - 1 bytes or items,
   * and nesting as deep as 10,000 levels.
   */
  public static Arbitrary<ByteString> hostileSequences() {
    Arbitrary<ByteString> unfilled =
        Combinators.combine(
                Arbitraries.of(0x5b, 0x9b, 0xbb, 0xdb, 0x5a, 0x9a, 0xba),
                Arbitraries.longs(),
                DamageArbitraries.noise(12))
            .as(
                (head, argument, rest) -> {
                  ByteBuffer bytes = ByteBuffer.allocate(9 + rest.length());
                  bytes.put(head.byteValue()).putLong(argument);
                  rest.putTo(bytes);
                  return ByteString.copyOf(bytes.flip());
                });
    Arbitrary<ByteString> deep =
        Combinators.combine(
                Arbitraries.of(0x81, 0x82, 0x9f), Arbitraries.integers().between(1, DEEP))
            .as(
                (head, depth) -> {
                  byte[] bytes = new byte[depth];
                  Arrays.fill(bytes, head.byteValue());
                  return ByteString.copyOf(bytes);
                });
    return Arbitraries.frequencyOf(
        Tuple.of(6, DamageArbitraries.damaged(sequences())),
        Tuple.of(2, DamageArbitraries.noise(40)),
        Tuple.of(1, unfilled),
        Tuple.of(1, deep));
  }

  static ByteString concatenate(List<ByteString> parts) {
    CborEncoder encoder = new CborEncoder();
    parts.forEach(part -> encoder.raw(part.asByteBuffer()));
    return ByteString.copyOf(encoder.take());
  }
}
