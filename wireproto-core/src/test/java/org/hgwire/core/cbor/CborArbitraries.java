// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.hgwire.core.ByteString;

/** Values of Mercurial's subset, for properties. */
@SuppressWarnings("exports") // jqwik is no module of the main code
public final class CborArbitraries {
  private CborArbitraries() {}

  /** Byte strings: mostly short, sometimes of a few hundred bytes. */
  public static Arbitrary<ByteString> byteStrings() {
    return Arbitraries.oneOf(
        Arbitraries.bytes().array(byte[].class).ofMaxSize(8).map(ByteString::copyOf),
        Arbitraries.bytes().array(byte[].class).ofMaxSize(300).map(ByteString::copyOf));
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

  /** Encoded sequences of top-level values, not always shortest or sorted. */
  public static Arbitrary<ByteString> sequences() {
    Arbitrary<ByteString> loose =
        Combinators.combine(values(), Arbitraries.longs())
            .as((value, seed) -> LooseEncoding.of(value, new Random(seed)));
    return Arbitraries.oneOf(values().map(CborEncoder::encode), loose, indefiniteByteStrings())
        .list()
        .ofMaxSize(4)
        .map(CborArbitraries::concatenate);
  }

  /** Cuts {@code bytes} into random pieces, some of them empty. */
  public static List<ByteBuffer> cut(ByteString bytes, Random random) {
    List<ByteBuffer> pieces = new ArrayList<>();
    int maxLength = 1 + random.nextInt(Math.max(1, bytes.length()));
    int from = 0;
    while (from < bytes.length()) {
      int to = Math.min(bytes.length(), from + random.nextInt(maxLength + 1));
      pieces.add(bytes.asByteBuffer().slice(from, to - from));
      from = to;
    }
    return pieces;
  }

  private static ByteString concatenate(List<ByteString> parts) {
    CborEncoder encoder = new CborEncoder();
    parts.forEach(part -> encoder.raw(part.asByteBuffer()));
    return ByteString.copyOf(encoder.take());
  }
}
