// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * Limits at their defaults, and heads that declare more than they deliver; each limit at n and at n
 * + 1 is among the vectors that {@link CborDecoderTest} reads.
 */
class CborLimitsTest {

  @Test
  void defaultLimitIs32Levels() {
    assertThat(DecodedText.ofHex("81".repeat(32) + "00"))
        .isEqualTo("[".repeat(32) + "0" + "]".repeat(32));
    assertThat(codeOf("81".repeat(33) + "00", WireLimits.defaults())).isEqualTo("!DEPTH");
  }

  @Test
  void millionNestedArraysAreRefused() {
    byte[] arrays = new byte[1_000_000];
    Arrays.fill(arrays, (byte) 0x81);
    assertThat(DecodedText.of(List.of(ByteBuffer.wrap(arrays)), WireLimits.defaults()))
        .isEqualTo("!DEPTH CBOR at byte 32: containers nested deeper than the limit of 32 levels");
  }

  @Test
  void millionNestedArraysDoNotOverflowTheStack() {
    byte[] arrays = new byte[1_000_000];
    Arrays.fill(arrays, (byte) 0x81);
    arrays[arrays.length - 1] = (byte) 0x80;
    WireLimits limits =
        WireLimits.defaults()
            .with(WireLimit.MAX_CBOR_DEPTH, 1_000_000)
            .with(WireLimit.MAX_CBOR_ITEMS, 1_000_000);
    CborDecoder decoder = new CborDecoder(limits);
    decoder.feed(ByteBuffer.wrap(arrays));
    assertThat(decoder.poll() instanceof CborEvent.ValueRead).isTrue();
  }

  @Test
  void endlessEmptyChunksAreRefused() {
    byte[] chunks = new byte[300_000];
    Arrays.fill(chunks, (byte) 0x40);
    chunks[0] = 0x5f;
    assertThat(DecodedText.of(List.of(ByteBuffer.wrap(chunks)), WireLimits.defaults()))
        .endsWith(
            "!LIMIT CBOR at byte 262145: more empty chunks in one byte string than the limit of"
                + " 262144 items");
  }

  @Test
  void encodedSizeIsCountedPerValue() {
    WireLimits limits =
        WireLimits.defaults()
            .with(WireLimit.MAX_CBOR_BYTES, 3)
            .with(WireLimit.WHOLE_BYTE_STRING, 2);
    assertThat(DecodedText.ofHex("820000 420000 5f44000000 00ff 4400000000 820001", limits))
        .isEqualTo("[0,0] h'0000' (_ h'00000000') h'00000000' [0,1]");
  }

  @Test
  void topLevelByteStringIsWholeUpToTheLimit() {
    WireLimits limits = WireLimits.defaults().with(WireLimit.WHOLE_BYTE_STRING, 2);
    assertThat(eventsOf("420102", limits))
        .containsExactly(new CborEvent.ValueRead(new CborBytes(ByteString.fromHex("0102"))));
    assertThat(eventsOf("43010203", limits))
        .containsExactly(
            new CborEvent.BytesStarted(3),
            CborDecoderTest.piece("010203", true),
            new CborEvent.BytesEnded());
  }

  @Test
  void oversizedTopLevelByteStringIsStreamed() {
    WireLimits limits = WireLimits.defaults().with(WireLimit.MAX_CBOR_BYTES, 3);
    assertThat(eventsOf("420102", limits)).hasSize(1);
    assertThat(eventsOf("43010203", limits)).hasSize(3);
  }

  @Test
  void nestedByteStringIsAlwaysWhole() {
    WireLimits limits = WireLimits.defaults().with(WireLimit.WHOLE_BYTE_STRING, 1);
    assertThat(eventsOf("81420102", limits)).hasSize(1);
  }

  @Test
  void declaredLengthsAllocateNothing() {
    // Each declares 64 MiB of bytes or 262,144 items; a thousand of those fit in no heap.
    List<CborDecoder> open = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      for (String hex : List.of("815a03fffff000", "9a0004000000", "ba0002000000", "820099ffff00")) {
        CborDecoder decoder = new CborDecoder(WireLimits.defaults());
        decoder.feed(ByteString.fromHex(hex).asByteBuffer());
        assertThat(decoder.poll()).isNull();
        assertThat(decoder.insideValue()).isTrue();
        open.add(decoder);
      }
    }
    assertThat(open).hasSize(4_000);
  }

  @Test
  void byteStringTooLongForAnArrayIsRefused() {
    WireLimits limits = WireLimits.defaults().with(WireLimit.MAX_CBOR_BYTES, Long.MAX_VALUE);
    assertThat(codeOf("815a7fffffff", limits)).isEqualTo("!LIMIT");
    assertThat(codeOf("815b7fffffffffffff00", limits)).isEqualTo("!LIMIT");
  }

  @Test
  void collidingKeysAreCheckedInTime() {
    // "Aa" and "BB" have the same hash, and so have all strings made of the same number of them;
    // descending
    // order forces the slow check. A hash table would take 2^33 comparisons.
    int bits = 16;
    CborEncoder encoder = new CborEncoder();
    int count = 1 << bits;
    encoder.raw(ByteBuffer.wrap(new byte[] {(byte) 0xba}));
    encoder.raw(ByteBuffer.allocate(4).putInt(count).flip());
    for (int i = count - 1; i >= 0; i--) {
      StringBuilder key = new StringBuilder();
      for (int bit = bits - 1; bit >= 0; bit--) {
        key.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      encoder.value(CborBytes.utf8(key.toString())).value(CborInteger.of(i));
    }
    ByteBuffer input = encoder.take();
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          CborMap map = (CborMap) CborDecoder.decodeOne(input, WireLimits.defaults());
          assertThat(map.size()).isEqualTo(count);
          for (int i = 0; i < 1_000; i++) {
            CborValue key = map.entries().get(i).getKey();
            assertThat(map.get(key)).isEqualTo(CborInteger.of(count - 1L - i));
          }
          assertThat(map.hashCode()).isEqualTo(map.hashCode());
        });
  }

  @Test
  void stringThatArrivesByteByByteGrows() {
    int length = 100_000;
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 7);
    CborDecoder decoder = new CborDecoder(WireLimits.defaults());
    decoder.feed(ByteString.fromHex("815a000186a0").asByteBuffer());
    for (byte b : bytes) {
      assertThat(decoder.poll() == null).isTrue();
      decoder.feed(ByteBuffer.wrap(new byte[] {b}));
    }
    assertThat(decoder.poll())
        .isEqualTo(new CborEvent.ValueRead(CborArray.of(new CborBytes(ByteString.copyOf(bytes)))));
  }

  @Test
  void exceedingALimitIsNotMalformed() {
    WireLimits limits = WireLimits.defaults().with(WireLimit.MAX_CBOR_ITEMS, 1);
    assertThatExceptionOfType(WireProtocolException.class)
        .isThrownBy(() -> CborDecoder.decodeOne(ByteBuffer.wrap(new byte[] {(byte) 0x82}), limits))
        .matches(e -> e.code() == WireErrorCode.LIMIT)
        .withMessage("CBOR at byte 0: more items in one value than the limit of 1");
  }

  private static List<CborEvent> eventsOf(String hex, WireLimits limits) {
    CborDecoder decoder = new CborDecoder(limits);
    decoder.feed(ByteString.fromHex(hex).asByteBuffer());
    List<CborEvent> events = new ArrayList<>();
    for (CborEvent event = decoder.poll(); event != null; event = decoder.poll()) {
      events.add(event);
    }
    decoder.endOfInput();
    return events;
  }

  private static String codeOf(String hex, WireLimits limits) {
    return DecodedText.withoutMessage(DecodedText.ofHex(hex, limits));
  }
}
