// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WireLimitsTest {
  private static final long KIB = 1024;
  private static final long MIB = 1024 * KIB;

  /** The default of each limit and the values that it may have. */
  private record Bounds(long byDefault, long min, long max) {}

  private static Bounds positive(long byDefault) {
    return new Bounds(byDefault, 1, Integer.MAX_VALUE);
  }

  private static Map<WireLimit, Bounds> design() {
    Map<WireLimit, Bounds> design = new EnumMap<>(WireLimit.class);
    design.put(WireLimit.MAX_FRAME_PAYLOAD, new Bounds(65_535, 1, 0xff_ffff));
    design.put(WireLimit.EMITTED_FRAME_PAYLOAD, new Bounds(32_768, 1, 0xff_ffff));
    design.put(WireLimit.MAX_REQUEST_BYTES, positive(4 * MIB));
    design.put(WireLimit.MAX_REQUEST_FRAMES, positive(8_192));
    design.put(WireLimit.MAX_EMPTY_REQUEST_FRAMES, positive(16));
    design.put(WireLimit.MAX_EMPTY_RESPONSE_FRAMES, positive(1_024));
    design.put(WireLimit.MAX_SIDE_CHANNEL_FRAMES, positive(65_536));
    design.put(WireLimit.MAX_HALF_OPEN_REQUESTS, positive(16));
    design.put(WireLimit.MAX_HALF_OPEN_BYTES, positive(8 * MIB));
    design.put(WireLimit.MAX_ACTIVE_REQUESTS, positive(100));
    design.put(WireLimit.MAX_OPEN_STREAMS, positive(16));
    design.put(WireLimit.MAX_SENDER_SETTINGS_BYTES, positive(64 * KIB));
    design.put(WireLimit.MAX_SENDER_SETTINGS_FRAMES, positive(8));
    design.put(WireLimit.MAX_SENDER_SETTINGS_NAMES, positive(32));
    design.put(WireLimit.MAX_STREAM_SETTINGS_BYTES, positive(4 * KIB));
    design.put(WireLimit.MAX_STREAM_SETTINGS_FRAMES, positive(8));
    design.put(WireLimit.MAX_COMMAND_DATA, new Bounds(64 * MIB, 1, Long.MAX_VALUE));
    design.put(WireLimit.MAX_ARGUMENT_BYTES, positive(4 * MIB));
    design.put(WireLimit.MAX_ARGUMENTS, positive(64));
    design.put(WireLimit.MAX_BATCH_COMMANDS, positive(100));
    design.put(WireLimit.MAX_BATCH_RESPONSE, positive(16 * MIB));
    design.put(WireLimit.MAX_EXAMINED_ENTRIES, new Bounds(1L << 28, 1, Long.MAX_VALUE));
    design.put(WireLimit.MAX_PATH_RULE, positive(64 * KIB));
    design.put(WireLimit.MAX_CBOR_DEPTH, positive(32));
    design.put(WireLimit.MAX_CBOR_ITEMS, positive(262_144));
    design.put(WireLimit.MAX_CBOR_BYTES, new Bounds(64 * MIB, 1, Long.MAX_VALUE));
    design.put(WireLimit.WHOLE_BYTE_STRING, positive(64 * KIB));
    design.put(WireLimit.MAX_DECODED_SLICE, positive(256 * KIB));
    design.put(WireLimit.MAX_ZSTD_WINDOW_LOG, new Bounds(23, 10, 31));
    design.put(WireLimit.MAX_TEXT_BYTES, positive(64 * KIB));
    design.put(WireLimit.MAX_EXPANSION, positive(1024));
    design.put(WireLimit.EXPANSION_FLOOR, new Bounds(64 * MIB, 0, Long.MAX_VALUE));
    design.put(WireLimit.MAX_DECOMPRESSED_BYTES, new Bounds(256 * 1024 * MIB, 1, Long.MAX_VALUE));
    design.put(WireLimit.MAX_DELTA_EXPANSION, positive(32_768));
    design.put(WireLimit.DELTA_EXPANSION_FLOOR, new Bounds(256 * MIB, 0, Long.MAX_VALUE));
    design.put(WireLimit.MAX_STORED_TEXT, new Bounds(16 * MIB, 1, Integer.MAX_VALUE - 64));
    design.put(WireLimit.MAX_STORED_CHAIN, positive(65_536));
    design.put(WireLimit.MAX_STORED_REVISIONS, positive(262_144));
    design.put(WireLimit.MAX_LISTED_FILES, positive(83_886));
    design.put(WireLimit.MAX_STORED_NAMES, new Bounds(4 * MIB, 1, 16 * MIB));
    design.put(WireLimit.MAX_STORED_MARKERS, new Bounds(256 * MIB, 1, Long.MAX_VALUE));
    design.put(WireLimit.MAX_HTTP_OVERHEAD, new Bounds(512 * KIB, 16 * KIB, Integer.MAX_VALUE));
    design.put(WireLimit.MAX_BUNDLE_HEADER, positive(4 * KIB));
    design.put(WireLimit.MAX_BUNDLE_PART_HEADER, positive(64 * KIB));
    design.put(WireLimit.MAX_BUNDLE_PARAMETERS, positive(64));
    design.put(WireLimit.MAX_BUNDLE_PART_DEPTH, positive(4));
    design.put(WireLimit.MAX_BUNDLE_CHUNK, positive(1024 * MIB));
    design.put(WireLimit.WHOLE_BUNDLE_DELTA, positive(64 * KIB));
    design.put(WireLimit.MAX_BUNDLE_PATH, positive(32 * KIB));
    design.put(WireLimit.MAX_BUNDLE_WINDOW_LOG, new Bounds(27, 10, 31));
    design.put(WireLimit.MAX_CONNECTIONS, positive(256));
    design.put(WireLimit.MAX_OPEN_REQUESTS, positive(256));
    design.put(WireLimit.MAX_RESPONSES, positive(64));
    design.put(WireLimit.MAX_CONNECTION_REQUESTS, positive(32));
    design.put(WireLimit.MAX_HELD_REQUEST_BYTES, new Bounds(8 * MIB, 1, Long.MAX_VALUE));
    design.put(WireLimit.MAX_ENCODER_BYTES, new Bounds(16 * MIB, 0, Long.MAX_VALUE));
    design.put(WireLimit.MAX_DECODER_BYTES, new Bounds(16 * MIB, 0, Long.MAX_VALUE));
    design.put(WireLimit.MAX_OPEN_REPOSITORIES, positive(64));
    return design;
  }

  private static Bounds designed(WireLimit limit) {
    Bounds bounds = design().get(limit);
    assertThat(bounds).as("the design of %s", limit).isNotNull();
    return bounds;
  }

  @ParameterizedTest
  @EnumSource
  void defaultsAreThoseOfTheDesign(WireLimit limit) {
    assertThat(limit.defaultValue()).isEqualTo(designed(limit).byDefault());
    assertThat(WireLimits.defaults().of(limit)).isEqualTo(designed(limit).byDefault());
  }

  @ParameterizedTest
  @EnumSource
  void withChangesOneLimitOnly(WireLimit changed) {
    long min = designed(changed).min();
    WireLimits limits = WireLimits.defaults().with(changed, min);
    assertThat(limits.of(changed)).isEqualTo(min);
    for (WireLimit other : WireLimit.values()) {
      if (other != changed) {
        assertThat(limits.of(other)).isEqualTo(designed(other).byDefault());
      }
    }
    assertThat(WireLimits.defaults().of(changed)).isEqualTo(designed(changed).byDefault());
  }

  @ParameterizedTest
  @EnumSource
  void withAcceptsMinToMaxOnly(WireLimit limit) {
    WireLimits defaults = WireLimits.defaults();
    long min = designed(limit).min();
    long max = designed(limit).max();
    assertThat(limit.min()).isEqualTo(min);
    assertThat(limit.max()).isEqualTo(max);
    assertThat(defaults.with(limit, min).of(limit)).isEqualTo(min);
    assertThat(defaults.with(limit, max).of(limit)).isEqualTo(max);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> defaults.with(limit, min - 1))
        .withMessage("%s must be between %d and %d, not %d", limit, min, max, min - 1);
    if (max < Long.MAX_VALUE) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> defaults.with(limit, max + 1))
          .withMessage("%s must be between %d and %d, not %d", limit, min, max, max + 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void intOfRefusesLimitsThatAreLongs(WireLimit limit) {
    WireLimits limits = WireLimits.defaults();
    if (designed(limit).max() <= Integer.MAX_VALUE) {
      assertThat(limits.intOf(limit)).isEqualTo((int) limits.of(limit));
    } else {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> limits.intOf(limit))
          .withMessageContaining(limit.toString());
    }
  }

  @ParameterizedTest
  @EnumSource
  void namedFindsEachLimit(WireLimit limit) {
    assertThat(limit.toString()).matches("[a-z]+(-[a-z]+)+");
    assertThat(WireLimit.named(limit.toString())).isEqualTo(limit);
  }

  @Test
  void namedRefusesUnknownNames() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WireLimit.named("maxFramePayload"))
        .withMessageContaining("\"maxFramePayload\"");
  }

  @ParameterizedTest
  @CsvSource({
    "16, 64, 128, 16, 8, 4, 16, 16",
    "64, 256, 256, 64, 32, 8, 16, 16",
    "1024, 4096, 4096, 1024, 100, 128, 256, 128",
    "65536, 65536, 65536, 16384, 100, 8192, 16384, 8192",
  })
  void limitsOverAllPeersFollowFromTheHeap(
      long heap,
      long connections,
      long requests,
      long responses,
      long ofConnection,
      long held,
      long encoders,
      long decoders) {
    WireLimits limits = WireLimits.defaults().forHeap(heap * MIB);
    assertThat(limits.of(WireLimit.MAX_CONNECTIONS)).isEqualTo(connections);
    assertThat(limits.of(WireLimit.MAX_OPEN_REQUESTS)).isEqualTo(requests);
    assertThat(limits.of(WireLimit.MAX_RESPONSES)).isEqualTo(responses);
    assertThat(limits.of(WireLimit.MAX_CONNECTION_REQUESTS)).isEqualTo(ofConnection);
    assertThat(limits.of(WireLimit.MAX_HELD_REQUEST_BYTES)).isEqualTo(held * MIB);
    assertThat(limits.of(WireLimit.MAX_ENCODER_BYTES)).isEqualTo(encoders * MIB);
    assertThat(limits.of(WireLimit.MAX_DECODER_BYTES)).isEqualTo(decoders * MIB);
    assertThat(limits.of(WireLimit.MAX_REQUEST_BYTES)).isEqualTo(4 * MIB);
  }

  @Test
  void whatWasSetDoesNotFollowFromTheHeap() {
    WireLimits limits = WireLimits.defaults().with(WireLimit.MAX_RESPONSES, 7).forHeap(1024 * MIB);
    assertThat(limits.of(WireLimit.MAX_RESPONSES)).isEqualTo(7);
    assertThat(limits.of(WireLimit.MAX_CONNECTIONS)).isEqualTo(4096);
  }
}
