// SPDX-License-Identifier: Apache-2.0
package org.hgwire.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.hgwire.core.ByteString;
import org.hgwire.core.IncrementalDecoder;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.frame.FrameDecoder;
import org.hgwire.core.message.ContentLocation;

/** What is made for decoders of frames, values and locations. */
class DecoderInputTest {
  private static final WireLimits LIMITS = WireLimits.defaults();

  @Provide
  Arbitrary<FrameBytes> frames() {
    return FrameArbitraries.sequences();
  }

  @Provide
  Arbitrary<FrameBytes> hostileFrames() {
    return FrameArbitraries.hostileSequences();
  }

  @Provide
  Arbitrary<ByteString> values() {
    return CborArbitraries.sequences();
  }

  @Provide
  Arbitrary<ByteString> nearlySoundValues() {
    return CborArbitraries.nearlySoundSequences();
  }

  @Provide
  Arbitrary<ByteString> hostileValues() {
    return CborArbitraries.hostileSequences();
  }

  @Provide
  Arbitrary<ContentLocation> locations() {
    return LocationArbitraries.locations();
  }

  @Provide
  Arbitrary<CborMap> nearlySoundLocations() {
    return LocationArbitraries.nearlySoundLocations();
  }

  @Provide
  Arbitrary<ByteString> hostileLocations() {
    return LocationArbitraries.hostileLocations();
  }

  @Provide
  Arbitrary<Chunking> chunkings() {
    return ChunkingArbitraries.chunkings();
  }

  /** Returns how many events there were. */
  private static int decode(IncrementalDecoder<?> decoder, ByteString bytes, Chunking chunking) {
    int events = 0;
    for (var piece : chunking.cut(bytes)) {
      decoder.feed(piece);
      while (decoder.poll() != null) {
        events++;
      }
    }
    decoder.endOfInput();
    return events;
  }

  private static boolean fails(IncrementalDecoder<?> decoder, ByteString bytes, Chunking chunking) {
    try {
      decode(decoder, bytes, chunking);
      return false;
    } catch (WireProtocolException e) {
      return true;
    }
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void soundFramesAreDecoded(
      @ForAll("frames") FrameBytes bytes, @ForAll("chunkings") Chunking chunking) {
    assertThat(decode(new FrameDecoder(LIMITS), bytes.bytes(), chunking))
        .isGreaterThanOrEqualTo(bytes.frames().size());
    assertThat(bytes.rest().isEmpty()).isTrue();
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void hostileFramesFailMostly(
      @ForAll("hostileFrames") FrameBytes bytes, @ForAll("chunkings") Chunking chunking) {
    Statistics.label("fails")
        .collect(fails(new FrameDecoder(LIMITS), bytes.bytes(), chunking))
        .coverage(c -> c.check(true).percentage(share -> share > 50));
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void soundValuesAreDecoded(
      @ForAll("values") ByteString bytes, @ForAll("chunkings") Chunking chunking) {
    assertThat(decode(new CborDecoder(LIMITS), bytes, chunking) > 0).isEqualTo(!bytes.isEmpty());
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void wellFormedValuesOutsideOfTheSubsetAreRefused(
      @ForAll("nearlySoundValues") ByteString bytes, @ForAll("chunkings") Chunking chunking) {
    assertThatThrownBy(() -> decode(new CborDecoder(LIMITS), bytes, chunking))
        .isInstanceOf(WireProtocolException.class);
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void hostileValuesFailOften(
      @ForAll("hostileValues") ByteString bytes, @ForAll("chunkings") Chunking chunking) {
    Statistics.label("fails")
        .collect(fails(new CborDecoder(LIMITS), bytes, chunking))
        .coverage(c -> c.check(true).percentage(share -> share > 30));
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void soundLocationsAreReadAsTheyAre(@ForAll("locations") ContentLocation location) {
    assertThat(ContentLocation.read(location.toCbor())).isEqualTo(location);
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void nearlySoundLocationsFailOften(@ForAll("nearlySoundLocations") CborMap location) {
    boolean fails = false;
    try {
      ContentLocation.read(location);
    } catch (WireProtocolException e) {
      fails = true;
    }
    Statistics.label("fails")
        .collect(fails)
        .coverage(c -> c.check(true).percentage(share -> share > 30));
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void hostileLocationsGiveALocationOrATypedError(@ForAll("hostileLocations") ByteString bytes) {
    try {
      ContentLocation.read(CborDecoder.decodeOne(bytes.asByteBuffer(), LIMITS));
    } catch (WireProtocolException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }
}
