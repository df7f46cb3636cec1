// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.testing.CborArbitraries;
import org.hgwire.testing.Chunking;
import org.hgwire.testing.ChunkingArbitraries;
import org.hgwire.testing.LooseEncoding;

/** Properties of all values and all bytes. */
class CborPropertiesTest {
  /** Small enough that random input reaches every limit. */
  private static final WireLimits TIGHT =
      WireLimits.defaults()
          .with(WireLimit.MAX_CBOR_DEPTH, 5)
          .with(WireLimit.MAX_CBOR_ITEMS, 40)
          .with(WireLimit.MAX_CBOR_BYTES, 600)
          .with(WireLimit.WHOLE_BYTE_STRING, 20);

  private static final Set<WireErrorCode> CODES =
      EnumSet.of(
          WireErrorCode.MALFORMED,
          WireErrorCode.TRUNCATED,
          WireErrorCode.LIMIT,
          WireErrorCode.DEPTH,
          WireErrorCode.DUPLICATE_KEY,
          WireErrorCode.DUPLICATE_MEMBER,
          WireErrorCode.CHUNK_TYPE);

  @Provide
  Arbitrary<CborValue> values() {
    return CborArbitraries.values();
  }

  @Provide
  Arbitrary<ByteString> sequences() {
    return CborArbitraries.sequences();
  }

  @Provide
  Arbitrary<Chunking> chunkings() {
    return ChunkingArbitraries.chunkings();
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void encodedValuesAreDecoded(@ForAll("values") CborValue value) {
    ByteBuffer encoded = CborEncoder.encode(value).asByteBuffer();
    assertThat(CborDecoder.decodeOne(encoded, WireLimits.defaults())).isEqualTo(value);
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void everyEncodingOfAValueIsDecodedAndEncodedAsTheSame(
      @ForAll("values") CborValue value, @ForAll long seed) {
    ByteString loose = LooseEncoding.of(value, new Random(seed));
    CborValue decoded = CborDecoder.decodeOne(loose.asByteBuffer(), WireLimits.defaults());
    assertThat(decoded).isEqualTo(value).hasSameHashCodeAs(value);
    assertThat(CborEncoder.encode(decoded)).isEqualTo(CborEncoder.encode(value));
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void printedValuesAreParsed(@ForAll("values") CborValue value) {
    String text = DiagnosticNotation.print(value);
    assertThat(text).doesNotContainAnyWhitespaces();
    assertThat(DiagnosticNotation.parse(text)).isEqualTo(value);
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void cutsOfTheInputChangeNothing(
      @ForAll("sequences") ByteString sequence, @ForAll("chunkings") Chunking chunking) {
    assertCutChangesNothing(sequence, WireLimits.defaults(), chunking);
    assertCutChangesNothing(sequence, TIGHT, chunking);
  }

  /** 1,000 tries of 100 inputs each. */
  @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void changedInputGivesValuesOrATypedError(
      @ForAll("sequences") ByteString sequence, @ForAll long seed) throws IOException {
    Random random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      ByteString changed = change(sequence, random);
      assertValuesOrTypedError(changed, i % 2 == 0 ? TIGHT : WireLimits.defaults(), random);
    }
  }

  /** 1,000 tries of 100 inputs each. */
  @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
  void arbitraryBytesGiveValuesOrATypedFault(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      if (i % 2 == 0) {
        // Mostly heads with small arguments, which are decoded further than random bytes.
        for (int j = 0; j < bytes.length; j++) {
          bytes[j] = (byte) (bytes[j] & 0xe3);
        }
      }
      assertValuesOrTypedError(ByteString.copyOf(bytes), TIGHT, random);
    }
  }

  private static ByteString change(ByteString sequence, Random random) {
    byte[] bytes = sequence.toByteArray();
    if (bytes.length == 0) {
      return ByteString.copyOf((byte) random.nextInt(256));
    }
    int changes = 1 + random.nextInt(3);
    for (int i = 0; i < changes && bytes.length > 0; i++) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes = ByteString.copyOf(bytes, 0, at).toByteArray();
        case 3 -> bytes = splice(bytes, at, at, (byte) random.nextInt(256));
        default -> bytes = splice(bytes, at, at + 1);
      }
    }
    return ByteString.copyOf(bytes);
  }

  /** Replaces the bytes between two indices. */
  private static byte[] splice(byte[] bytes, int from, int to, byte... replacement) {
    return ByteBuffer.allocate(bytes.length - (to - from) + replacement.length)
        .put(bytes, 0, from)
        .put(replacement)
        .put(bytes, to, bytes.length - to)
        .array();
  }

  private static void assertCutChangesNothing(
      ByteString bytes, WireLimits limits, Chunking chunking) {
    String whole = DecodedText.of(List.of(bytes.asByteBuffer()), limits);
    assertThat(DecodedText.of(chunking.cut(bytes), limits)).isEqualTo(whole);
  }

  private static Chunking chunking(Random random) {
    return new Chunking(random.ints(5, 0, 12).boxed().toList());
  }

  private static void assertValuesOrTypedError(ByteString bytes, WireLimits limits, Random random)
      throws IOException {
    StringBuilder whole = new StringBuilder();
    CborDecoder decoder = new CborDecoder(limits);
    decoder.feed(bytes.asByteBuffer());
    DiagnosticPrinter printer = new DiagnosticPrinter(whole, " ");
    try {
      for (CborEvent event = decoder.poll(); event != null; event = decoder.poll()) {
        printer.print(event);
        if (event instanceof CborEvent.ValueRead read) {
          ByteBuffer again = CborEncoder.encode(read.value()).asByteBuffer();
          assertThat(CborDecoder.decodeOne(again, WireLimits.defaults()).equals(read.value()))
              .isTrue();
        }
      }
      decoder.endOfInput();
    } catch (WireProtocolException e) {
      assertThat(CODES).contains(e.code());
      whole.append('!').append(e.code()).append(' ').append(e.getMessage());
    }
    String cut = DecodedText.of(chunking(random).cut(bytes), limits);
    if (!cut.contentEquals(whole)) {
      assertThat(cut).as(bytes.hex()).isEqualTo(whole.toString());
    }
  }
}
