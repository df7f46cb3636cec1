// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WireLimitsTest {
  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;

  /** A limit: how it is read and set, its default, and the least and most it may be. */
  private record Limit(
      String name,
      ToLongFunction<WireLimits> read,
      BiFunction<WireLimits.Builder, Long, WireLimits.Builder> set,
      long byDefault,
      long least,
      long most) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Limit ofInt(
      String name,
      ToLongFunction<WireLimits> read,
      BiFunction<WireLimits.Builder, Integer, WireLimits.Builder> set,
      long byDefault,
      long least,
      long most) {
    BiFunction<WireLimits.Builder, Long, WireLimits.Builder> setLong =
        (builder, value) -> set.apply(builder, Math.toIntExact(value));
    return new Limit(name, read, setLong, byDefault, least, most);
  }

  private static Limit positive(
      String name,
      ToLongFunction<WireLimits> read,
      BiFunction<WireLimits.Builder, Integer, WireLimits.Builder> set,
      long byDefault) {
    return ofInt(name, read, set, byDefault, 1, Integer.MAX_VALUE);
  }

  static List<Limit> limits() {
    return List.of(
        ofInt(
            "maxFramePayload",
            WireLimits::maxFramePayload,
            WireLimits.Builder::maxFramePayload,
            65_535,
            1,
            0xff_ffff),
        ofInt(
            "emittedFramePayload",
            WireLimits::emittedFramePayload,
            WireLimits.Builder::emittedFramePayload,
            32_768,
            1,
            0xff_ffff),
        positive(
            "maxRequestBytes",
            WireLimits::maxRequestBytes,
            WireLimits.Builder::maxRequestBytes,
            4 * MIB),
        positive(
            "maxRequestFrames",
            WireLimits::maxRequestFrames,
            WireLimits.Builder::maxRequestFrames,
            8_192),
        positive(
            "maxEmptyRequestFrames",
            WireLimits::maxEmptyRequestFrames,
            WireLimits.Builder::maxEmptyRequestFrames,
            16),
        positive(
            "maxHalfOpenRequests",
            WireLimits::maxHalfOpenRequests,
            WireLimits.Builder::maxHalfOpenRequests,
            16),
        positive(
            "maxHalfOpenBytes",
            WireLimits::maxHalfOpenBytes,
            WireLimits.Builder::maxHalfOpenBytes,
            8 * MIB),
        positive(
            "maxActiveRequests",
            WireLimits::maxActiveRequests,
            WireLimits.Builder::maxActiveRequests,
            100),
        positive(
            "maxOpenStreams", WireLimits::maxOpenStreams, WireLimits.Builder::maxOpenStreams, 16),
        positive(
            "maxSenderSettingsBytes",
            WireLimits::maxSenderSettingsBytes,
            WireLimits.Builder::maxSenderSettingsBytes,
            64 * KIB),
        positive(
            "maxSenderSettingsFrames",
            WireLimits::maxSenderSettingsFrames,
            WireLimits.Builder::maxSenderSettingsFrames,
            8),
        positive(
            "maxSenderSettingsNames",
            WireLimits::maxSenderSettingsNames,
            WireLimits.Builder::maxSenderSettingsNames,
            32),
        positive(
            "maxStreamSettingsBytes",
            WireLimits::maxStreamSettingsBytes,
            WireLimits.Builder::maxStreamSettingsBytes,
            4 * KIB),
        positive(
            "maxStreamSettingsFrames",
            WireLimits::maxStreamSettingsFrames,
            WireLimits.Builder::maxStreamSettingsFrames,
            8),
        new Limit(
            "maxCommandData",
            WireLimits::maxCommandData,
            WireLimits.Builder::maxCommandData,
            64 * MIB,
            1,
            Long.MAX_VALUE),
        positive("maxCborDepth", WireLimits::maxCborDepth, WireLimits.Builder::maxCborDepth, 32),
        positive(
            "maxCborItems", WireLimits::maxCborItems, WireLimits.Builder::maxCborItems, 262_144),
        new Limit(
            "maxCborBytes",
            WireLimits::maxCborBytes,
            WireLimits.Builder::maxCborBytes,
            64 * MIB,
            1,
            Long.MAX_VALUE),
        positive(
            "wholeByteString",
            WireLimits::wholeByteString,
            WireLimits.Builder::wholeByteString,
            64 * KIB),
        positive(
            "maxDecodedSlice",
            WireLimits::maxDecodedSlice,
            WireLimits.Builder::maxDecodedSlice,
            256 * KIB),
        ofInt(
            "maxZstdWindowLog",
            WireLimits::maxZstdWindowLog,
            WireLimits.Builder::maxZstdWindowLog,
            23,
            10,
            31),
        positive(
            "maxTextBytes", WireLimits::maxTextBytes, WireLimits.Builder::maxTextBytes, 64 * KIB),
        positive(
            "maxBundleHeader",
            WireLimits::maxBundleHeader,
            WireLimits.Builder::maxBundleHeader,
            4 * KIB),
        positive(
            "maxBundlePartHeader",
            WireLimits::maxBundlePartHeader,
            WireLimits.Builder::maxBundlePartHeader,
            64 * KIB),
        positive(
            "maxBundleParameters",
            WireLimits::maxBundleParameters,
            WireLimits.Builder::maxBundleParameters,
            64),
        positive(
            "maxBundlePartDepth",
            WireLimits::maxBundlePartDepth,
            WireLimits.Builder::maxBundlePartDepth,
            4),
        positive(
            "maxBundleChunk",
            WireLimits::maxBundleChunk,
            WireLimits.Builder::maxBundleChunk,
            1024 * MIB),
        positive(
            "wholeBundleDelta",
            WireLimits::wholeBundleDelta,
            WireLimits.Builder::wholeBundleDelta,
            64 * KIB),
        positive(
            "maxBundlePath",
            WireLimits::maxBundlePath,
            WireLimits.Builder::maxBundlePath,
            32 * KIB),
        ofInt(
            "maxBundleWindowLog",
            WireLimits::maxBundleWindowLog,
            WireLimits.Builder::maxBundleWindowLog,
            27,
            10,
            31));
  }

  @Test
  void everyLimitIsInThisTest() {
    Stream<String> accessors =
        Stream.of(WireLimits.class.getDeclaredMethods())
            .filter(method -> method.getParameterCount() == 0 && !method.isSynthetic())
            .filter(method -> method.getReturnType().isPrimitive())
            .map(method -> method.getName());
    assertThat(accessors)
        .containsExactlyInAnyOrderElementsOf(limits().stream().map(Limit::name).toList());
  }

  @ParameterizedTest
  @MethodSource("limits")
  void eachHasTheDefaultOfTheDesign(Limit limit) {
    assertThat(limit.read().applyAsLong(WireLimits.defaults())).isEqualTo(limit.byDefault());
  }

  @ParameterizedTest
  @MethodSource("limits")
  void changingOneChangesNoOther(Limit changed) {
    WireLimits defaults = WireLimits.defaults();
    WireLimits limits = changed.set().apply(defaults.toBuilder(), changed.least()).build();
    assertThat(changed.read().applyAsLong(limits)).isEqualTo(changed.least());
    assertThat(changed.read().applyAsLong(limits.toBuilder().build())).isEqualTo(changed.least());
    for (Limit other : limits()) {
      if (!other.name().equals(changed.name())) {
        assertThat(other.read().applyAsLong(limits)).isEqualTo(other.byDefault());
      }
    }
    assertThat(changed.read().applyAsLong(defaults)).isEqualTo(changed.byDefault());
  }

  @ParameterizedTest
  @MethodSource("limits")
  void eachTakesItsLeastAndItsMostAndNothingBeyond(Limit limit) {
    for (long value : new long[] {limit.least(), limit.most()}) {
      WireLimits limits = limit.set().apply(WireLimits.defaults().toBuilder(), value).build();
      assertThat(limit.read().applyAsLong(limits)).isEqualTo(value);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> limit.set().apply(WireLimits.defaults().toBuilder(), limit.least() - 1))
        .withMessageStartingWith(limit.name() + " must be ");
    if (limit.most() < Integer.MAX_VALUE) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> limit.set().apply(WireLimits.defaults().toBuilder(), limit.most() + 1))
          .withMessage(
              "%s must be between %d and %d, not %d",
              limit.name(), limit.least(), limit.most(), limit.most() + 1);
    }
  }
}
