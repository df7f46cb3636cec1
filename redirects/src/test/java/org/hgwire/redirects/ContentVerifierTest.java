// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.hgwire.core.ByteString;
import org.hgwire.core.message.SegmentHashes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentVerifierTest {
  private static final int SEGMENT = 16;

  private static final byte[] CONTENT = content(100);

  @Test
  void contentWithAllItsHashesIsVerifiedAtTheEnd() throws Exception {
    ContentVerifier verifier =
        new ContentVerifier(expecting(CONTENT, hashes(CONTENT, ByteString.empty()), false));
    verifier.update(ByteBuffer.wrap(CONTENT));
    assertThat(verifier.verified()).isZero();
    assertThat(verifier.received()).isEqualTo(100);
    verifier.finish();
    assertThat(verifier.verified()).isEqualTo(100);
  }

  @ParameterizedTest
  @EnumSource
  void eachHashByAKnownAlgorithmMustMatch(HashAlgorithm wrong) throws Exception {
    Map<HashAlgorithm, ByteString> hashes = hashes(CONTENT, ByteString.empty());
    hashes.put(wrong, ByteString.copyOf(new byte[wrong.size()]));
    ContentVerifier verifier = new ContentVerifier(expecting(CONTENT, hashes, false));
    verifier.update(ByteBuffer.wrap(CONTENT));
    assertThat(faultOf(verifier::finish)).isEqualTo(RedirectFault.HASH);
    assertThat(verifier.verified()).isZero();
  }

  @Test
  void theSeedIsFedToEachHasherFirst() throws Exception {
    ByteString seed = ByteString.utf8("seed");
    Map<HashAlgorithm, ByteString> hashes = hashes(CONTENT, seed);
    ContentExpectation seeded = new ContentExpectation(OptionalLong.of(100), 0, hashes, seed, null);
    assertThat(outcome(seeded, CONTENT, 7)).isEqualTo("verified 100");
    assertThat(outcome(expecting(CONTENT, hashes, false), CONTENT, 7)).isEqualTo("HASH, 0");
  }

  @Test
  void theSeedDoesNotApplyToSegments() throws Exception {
    ByteString seed = ByteString.utf8("seed");
    ContentExpectation expectation =
        new ContentExpectation(
            OptionalLong.of(100), 0, hashes(CONTENT, seed), seed, segments(CONTENT));
    assertThat(outcome(expectation, CONTENT, 7)).isEqualTo("verified 100");
  }

  @Test
  void aByteLessThanAnnouncedIsTooShort() throws Exception {
    byte[] shorter = Arrays.copyOf(CONTENT, 99);
    assertThat(outcome(expecting(CONTENT, Map.of(), false), shorter, 10)).isEqualTo("TOO_SHORT, 0");
  }

  @Test
  void aByteMoreThanAnnouncedIsTooLong() throws Exception {
    byte[] longer = Arrays.copyOf(CONTENT, 101);
    assertThat(outcome(expecting(CONTENT, Map.of(), false), longer, 10)).isEqualTo("TOO_LONG, 0");
    assertThat(outcome(expecting(CONTENT, Map.of(), false), longer, 101)).isEqualTo("TOO_LONG, 0");
  }

  @Test
  void withoutASizeTheCapIsTheLimit() throws Exception {
    ContentExpectation expectation =
        new ContentExpectation(OptionalLong.empty(), 100, Map.of(), ByteString.empty(), null);
    assertThat(outcome(expectation, CONTENT, 9)).isEqualTo("verified 100");
    assertThat(outcome(expectation, Arrays.copyOf(CONTENT, 3), 9)).isEqualTo("verified 3");
    assertThat(outcome(expectation, Arrays.copyOf(CONTENT, 101), 9)).isEqualTo("TOO_LONG, 0");
  }

  @Test
  void emptyContentIsVerified() throws Exception {
    byte[] empty = new byte[0];
    ContentExpectation expectation =
        new ContentExpectation(
            OptionalLong.of(0),
            0,
            hashes(empty, ByteString.empty()),
            ByteString.empty(),
            segments(empty));
    assertThat(outcome(expectation, empty, 1)).isEqualTo("verified 0");
    assertThat(outcome(expectation, new byte[1], 1)).isEqualTo("TOO_LONG, 0");
  }

  @Test
  void eachSegmentIsVerifiedAsSoonAsItIsComplete() throws Exception {
    ContentVerifier verifier = new ContentVerifier(segmented());
    List<Long> verified = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      verifier.update(ByteBuffer.wrap(CONTENT, i, 1));
      verified.add(verifier.verified());
    }
    for (int i = 0; i < 99; i++) {
      assertThat(verified.get(i)).isEqualTo((i + 1) / SEGMENT * (long) SEGMENT);
    }
    assertThat(verified.get(99)).as("the last segment is shorter").isEqualTo(100);
    verifier.finish();
  }

  @Test
  void onlyTheBadSegmentIsFetchedAgain() throws Exception {
    byte[] damaged = CONTENT.clone();
    damaged[50] ^= 1;
    ContentVerifier verifier = new ContentVerifier(segmented());
    assertThat(faultOf(() -> verifier.update(ByteBuffer.wrap(damaged))))
        .isEqualTo(RedirectFault.HASH);
    assertThat(verifier.verified()).isEqualTo(48);
    assertThatIllegalStateException().isThrownBy(() -> verifier.update(ByteBuffer.allocate(1)));
    assertThat(verifier.rewind()).isEqualTo(48);
    assertThat(verifier.received()).isEqualTo(48);
    verifier.update(ByteBuffer.wrap(CONTENT, 48, 52));
    verifier.finish();
    assertThat(verifier.verified()).isEqualTo(100);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 31, 32, 95, 96, 99, 100})
  void rewindGoesBackToTheLastSegmentWhereverItWasCut(int cut) throws Exception {
    ContentVerifier verifier = new ContentVerifier(segmented());
    verifier.update(ByteBuffer.wrap(CONTENT, 0, cut));
    int kept = (int) verifier.rewind();
    assertThat(kept).isEqualTo(cut == 100 ? 100 : cut / SEGMENT * SEGMENT);
    verifier.update(ByteBuffer.wrap(CONTENT, kept, 100 - kept));
    verifier.finish();
    assertThat(verifier.verified()).isEqualTo(100);
  }

  @Test
  void eachRewindForgetsTheBytesAfterTheOneBefore() throws Exception {
    ContentVerifier verifier = new ContentVerifier(segmented());
    verifier.update(ByteBuffer.wrap(CONTENT, 0, 20));
    for (int i = 0; i < 3; i++) {
      assertThat(verifier.rewind()).isEqualTo(16);
      verifier.update(ByteBuffer.allocate(5));
    }
    verifier.rewind();
    verifier.update(ByteBuffer.wrap(CONTENT, 16, 84));
    verifier.finish();
    assertThat(verifier.verified()).isEqualTo(100);
  }

  @Test
  void rewindWithoutSegmentsGoesToTheBeginning() throws Exception {
    ContentVerifier verifier =
        new ContentVerifier(expecting(CONTENT, hashes(CONTENT, ByteString.empty()), false));
    verifier.update(ByteBuffer.allocate(100));
    assertThat(faultOf(verifier::finish)).isEqualTo(RedirectFault.HASH);
    assertThat(verifier.rewind()).isZero();
    verifier.update(ByteBuffer.wrap(CONTENT));
    verifier.finish();
    assertThat(verifier.verified()).isEqualTo(100);
  }

  @Test
  void aWrongHashOfAllFailsEvenIfEverySegmentWasRight() throws Exception {
    ContentExpectation expectation =
        new ContentExpectation(
            OptionalLong.of(100),
            0,
            Map.of(HashAlgorithm.SHA512, ByteString.copyOf(new byte[64])),
            ByteString.empty(),
            segments(CONTENT));
    ContentVerifier verifier = new ContentVerifier(expectation);
    verifier.update(ByteBuffer.wrap(CONTENT));
    assertThat(faultOf(verifier::finish)).isEqualTo(RedirectFault.HASH);
    assertThat(verifier.rewind()).isEqualTo(100);
  }

  @Test
  void byteAfterTheLastSegmentIsTooLongAndCanBeRewound() throws Exception {
    ContentVerifier verifier = new ContentVerifier(segmented());
    assertThat(faultOf(() -> verifier.update(ByteBuffer.wrap(Arrays.copyOf(CONTENT, 101)))))
        .isEqualTo(RedirectFault.TOO_LONG);
    assertThat(verifier.rewind()).isEqualTo(100);
    verifier.finish();
  }

  @Test
  void refusesBytesAfterTheEnd() throws Exception {
    ContentVerifier verifier = new ContentVerifier(segmented());
    verifier.update(ByteBuffer.wrap(CONTENT));
    verifier.finish();
    assertThatIllegalStateException().isThrownBy(() -> verifier.update(ByteBuffer.allocate(0)));
    assertThatIllegalStateException().isThrownBy(verifier::finish);
    assertThatIllegalStateException().isThrownBy(verifier::rewind);
  }

  @Test
  void bufferIsReadToItsLimit() throws Exception {
    ContentVerifier verifier = new ContentVerifier(segmented());
    ByteBuffer buffer = ByteBuffer.allocate(200).put(50, CONTENT).position(50).limit(150);
    verifier.update(buffer);
    assertThat(buffer.position()).isEqualTo(150);
    verifier.finish();
  }

  @Test
  void unusableSegmentsAreRefused() {
    SegmentHashes fitting = segments(CONTENT);
    SegmentHashes unknown = new SegmentHashes(ByteString.utf8("md5"), 16, fitting.hashes());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> expectation(OptionalLong.empty(), fitting));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> expectation(OptionalLong.of(97 + 16), fitting));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> expectation(OptionalLong.of(96), fitting));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> expectation(OptionalLong.of(100), unknown));
  }

  @Property(tries = 300)
  void anyChunkingGivesTheSameOutcome(
      @ForAll @Size(max = 120) byte[] content,
      @ForAll boolean withSegments,
      @ForAll @IntRange(max = 3) int change,
      @ForAll int place,
      @ForAll long chunks)
      throws Exception {
    ContentExpectation expectation =
        expecting(content, hashes(content, ByteString.empty()), withSegments);
    byte[] sent = changed(content, change, place);
    assertThat(outcome(expectation, sent, new Random(chunks)))
        .isEqualTo(outcome(expectation, sent, Integer.MAX_VALUE))
        .isEqualTo(outcome(expectation, sent, 1));
  }

  @Property(tries = 500)
  void flippedBitIsDetectedAndNothingAfterItIsVerified(
      @ForAll @Size(min = 1, max = 120) byte[] content,
      @ForAll boolean withSegments,
      @ForAll @IntRange(max = 119) int index,
      @ForAll @IntRange(max = 7) int bit,
      @ForAll long chunks)
      throws Exception {
    byte[] sent = content.clone();
    int place = index % content.length;
    sent[place] ^= (byte) (1 << bit);
    ContentExpectation expectation =
        expecting(
            content,
            Map.of(HashAlgorithm.SHA256, hash(HashAlgorithm.SHA256, content)),
            withSegments);
    int good = withSegments ? place / SEGMENT * SEGMENT : 0;
    assertThat(outcome(expectation, sent, new Random(chunks))).isEqualTo("HASH, " + good);
  }

  private static byte[] changed(byte[] content, int change, int place) {
    if (change == 1) {
      return Arrays.copyOf(content, content.length + 1 + Math.floorMod(place, 40));
    }
    byte[] copy = content.clone();
    if (content.length > 0 && change == 2) {
      return Arrays.copyOf(content, Math.floorMod(place, content.length));
    }
    if (content.length > 0 && change == 3) {
      copy[Math.floorMod(place, content.length)] ^= 0x40;
    }
    return copy;
  }

  private static ContentExpectation segmented() {
    return expecting(CONTENT, hashes(CONTENT, ByteString.empty()), true);
  }

  private static ContentExpectation expectation(OptionalLong size, SegmentHashes segments) {
    return new ContentExpectation(size, 1000, Map.of(), ByteString.empty(), segments);
  }

  private static ContentExpectation expecting(
      byte[] content, Map<HashAlgorithm, ByteString> hashes, boolean withSegments) {
    @Nullable SegmentHashes segments = withSegments ? segments(content) : null;
    return new ContentExpectation(
        OptionalLong.of(content.length), 0, hashes, ByteString.empty(), segments);
  }

  private static String outcome(ContentExpectation expectation, byte[] content, int chunk) {
    return outcome(expectation, content, rest -> Math.min(chunk, rest));
  }

  private static String outcome(ContentExpectation expectation, byte[] content, Random random) {
    return outcome(expectation, content, rest -> random.nextInt(Math.min(rest, 40) + 1));
  }

  private static String outcome(
      ContentExpectation expectation, byte[] content, java.util.function.IntUnaryOperator chunks) {
    ContentVerifier verifier = new ContentVerifier(expectation);
    try {
      for (int sent = 0; sent < content.length; ) {
        int length = chunks.applyAsInt(content.length - sent);
        verifier.update(ByteBuffer.wrap(content, sent, length));
        sent += length;
      }
      verifier.finish();
      return "verified " + verifier.verified();
    } catch (RedirectException e) {
      return e.fault() + ", " + verifier.verified();
    }
  }

  private interface Step {
    void run() throws RedirectException;
  }

  private static RedirectFault faultOf(Step step) {
    try {
      step.run();
    } catch (RedirectException e) {
      return e.fault();
    }
    throw new AssertionError("no fault was found");
  }

  private static Map<HashAlgorithm, ByteString> hashes(byte[] content, ByteString seed) {
    Map<HashAlgorithm, ByteString> hashes = new EnumMap<>(HashAlgorithm.class);
    for (HashAlgorithm algorithm : HashAlgorithm.values()) {
      MessageDigest digest = algorithm.newDigest();
      digest.update(seed.toByteArray());
      hashes.put(algorithm, ByteString.copyOf(digest.digest(content)));
    }
    return hashes;
  }

  private static ByteString hash(HashAlgorithm algorithm, byte[] content) {
    return ByteString.copyOf(algorithm.newDigest().digest(content));
  }

  private static SegmentHashes segments(byte[] content) {
    List<ByteString> hashes = new ArrayList<>();
    for (int i = 0; i < content.length; i += SEGMENT) {
      int end = Math.min(i + SEGMENT, content.length);
      hashes.add(hash(HashAlgorithm.SHA256, Arrays.copyOfRange(content, i, end)));
    }
    return new SegmentHashes(HashAlgorithm.SHA256.wireName(), SEGMENT, hashes);
  }

  private static byte[] content(int size) {
    byte[] bytes = new byte[size];
    new Random(3).nextBytes(bytes);
    return bytes;
  }
}
