// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.hgwire.core.bundle.Bundles.LIMITS;
import static org.hgwire.core.bundle.Bundles.ascii;
import static org.hgwire.core.bundle.Bundles.hex;
import static org.hgwire.core.bundle.Bundles.int32;
import static org.hgwire.core.bundle.Bundles.join;
import static org.hgwire.core.bundle.Bundles.outcome;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.hgwire.core.ByteString;
import org.hgwire.core.ErrorOrigin;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers and parts that Mercurial does not write. */
class BundleFaultsTest {
  private static final byte[] END = int32(0);
  private static final byte[] EMPTY_01 = new byte[12];
  private static final byte[] EMPTY_03 = new byte[16];

  private static byte[] hg20(byte[]... body) {
    return join(ascii("HG20"), int32(0), join(body));
  }

  private static byte[] header(String parameters) {
    return join(ascii("HG20"), int32(parameters.length()), ascii(parameters), END);
  }

  private static Map<ByteString, ByteString> parameters(String... pairs) {
    Map<ByteString, ByteString> map = new java.util.LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(ByteString.utf8(pairs[i]), ByteString.utf8(pairs[i + 1]));
    }
    return map;
  }

  private static byte[] sized(byte[] bytes) {
    return join(int32(bytes.length), bytes);
  }

  private static byte[] start(String name, String... mandatory) {
    PartHeader header = new PartHeader(name, 7, parameters(mandatory), Map.of());
    return sized(Bundles.bytesOf(header.encode()));
  }

  private static byte[] part(String name, byte[] payload, String... mandatory) {
    return join(start(name, mandatory), sized(payload), END);
  }

  private static String last(List<Object> outcome) {
    return outcome.get(outcome.size() - 1).toString();
  }

  private static String fault(byte[] bundle) {
    String fault = last(outcome(bundle));
    assertThat(last(outcome(bundle, 1, LIMITS))).isEqualTo(fault);
    return fault;
  }

  private static String fault(byte[] bundle, WireLimits limits) {
    return last(outcome(bundle, bundle.length, limits));
  }

  private static void assertValid(byte[] bundle, WireLimits limits) {
    assertThat(fault(bundle, limits)).isEqualTo("BundleEnded[]");
  }

  @ParameterizedTest
  @CsvSource({
    "GIF8, MALFORMED: data that begins with GIF8 is not a bundle",
    "HGS1UN, UNSUPPORTED: the bundle is a streaming clone bundle (HGS1)",
    "HG2X, UNSUPPORTED: the bundle has the unknown format HG2X",
    "HG10XX, ENCODING_UNKNOWN: the header of the bundle names the compression XX",
    "HG10ZS, ENCODING_UNKNOWN: the header of the bundle names the compression ZS",
  })
  void refusesOtherMagic(String bytes, String fault) {
    assertThat(fault(ascii(bytes))).startsWith(fault);
  }

  @ParameterizedTest
  @CsvSource({
    "Compression=XX, ENCODING_UNKNOWN: the header of the bundle names the compression XX",
    "Compression, ENCODING_UNKNOWN",
    "Other=1, UNSUPPORTED: the header of the bundle has the mandatory parameter Other",
    "1x, MALFORMED",
    "=x, MALFORMED",
    "a  b, MALFORMED",
    "a a, DUPLICATE_KEY",
    "a=%2, MALFORMED",
    "a=%2g, MALFORMED",
    "a=%g2, MALFORMED",
  })
  void refusesWrongStreamParameters(String list, String fault) {
    assertThat(fault(header(list))).startsWith(fault);
  }

  @Test
  void unquotesStreamParametersAndReturnsAdvisoryOnes() {
    List<Object> outcome = outcome(header("a%20b=c%3D+%e9 d x=Y=z Compression=UN"));
    assertThat(outcome)
        .containsExactly(
            new BundleEvent.HeaderRead(
                new BundleHeader(
                    BundleHeader.Format.HG20,
                    BundleCompression.NONE,
                    Map.of(
                        ByteString.utf8("a b"), ByteString.copyOf(join(ascii("c=+"), hex("e9"))),
                        ByteString.utf8("d"), ByteString.empty(),
                        ByteString.utf8("x"), ByteString.utf8("Y=z"),
                        ByteString.utf8("Compression"), ByteString.utf8("UN")))),
            new BundleEvent.BundleEnded());
  }

  @Test
  void enforcesLimitsOfTheHeader() {
    WireLimits limits =
        LIMITS.with(WireLimit.MAX_BUNDLE_HEADER, 6).with(WireLimit.MAX_BUNDLE_PARAMETERS, 3);
    assertValid(header("a b=cd"), limits);
    assertThat(fault(header("a b=cde"), limits)).startsWith("LIMIT");
    assertValid(header("a b c"), limits);
    assertThat(fault(header("a b c d"), limits.with(WireLimit.MAX_BUNDLE_HEADER, 7)))
        .startsWith("LIMIT");
    assertThat(fault(join(ascii("HG20"), int32(-1)))).startsWith("LIMIT").contains("4294967295");
  }

  @Test
  void partsAreSkippedOrAcceptedOrRefused() {
    byte[] skipped = part("output", ascii("text"));
    byte[] accepted = part("Cache:rev-branch-cache", ascii("bytes"), "k", "v");
    List<Object> outcome = outcome(hg20(skipped, accepted, END));
    PartHeader cache = new PartHeader("Cache:rev-branch-cache", 7, parameters("k", "v"), Map.of());
    assertThat(outcome.subList(1, outcome.size()))
        .containsExactly(
            new BundleEvent.PartSkipped(new PartHeader("output", 7, Map.of(), Map.of())),
            new BundleEvent.PartStarted(cache),
            new BundleEvent.PartDataRead(ByteBuffer.wrap(ascii("bytes"))),
            new BundleEvent.PartEnded(cache),
            new BundleEvent.BundleEnded());
    assertThat(fault(hg20(part("STREAM2", ascii("x")), END)))
        .startsWith("UNSUPPORTED: the bundle has the mandatory part STREAM2");
  }

  @Test
  void errorPartIsThrownAsPeerError() {
    byte[] bundle = hg20(part("ERROR:abort", EMPTY_01, "message", "no\u001b way", "hint", "go"));
    try (BundleDecoder decoder = new BundleDecoder(LIMITS)) {
      decoder.feed(ByteBuffer.wrap(bundle));
      assertThat(decoder.poll()).isNotNull();
      for (int i = 0; i < 2; i++) {
        Assertions.assertThatThrownBy(decoder::poll)
            .isInstanceOfSatisfying(
                WireProtocolException.class,
                e -> {
                  assertThat(e.code()).isEqualTo(WireErrorCode.PEER_ERROR);
                  assertThat(e.origin()).isEqualTo(ErrorOrigin.PEER);
                })
            .hasMessage("the bundle ends with ERROR:abort, message: no\\x1b way, hint: go");
      }
      Assertions.assertThatThrownBy(decoder::endOfInput).isInstanceOf(WireProtocolException.class);
      assertThatIllegalStateException().isThrownBy(() -> decoder.feed(ByteBuffer.wrap(bundle)));
    }
  }

  @Test
  void returnsWhatIsDeclaredOfAChangegroup() {
    byte[] bundle =
        hg20(
            part(
                "changegroup",
                EMPTY_03,
                "version",
                "03",
                "nbchanges",
                "12",
                "treemanifest",
                "1",
                "targetphase",
                "0"),
            part("changegroup", EMPTY_01),
            END);
    assertThat(outcome(bundle))
        .contains(
            new ChangegroupEvent.ChangegroupStarted(
                new Changegroup(ChangegroupVersion.V03, java.util.OptionalLong.of(12), true)),
            new ChangegroupEvent.ChangegroupStarted(Changegroup.of(ChangegroupVersion.V01)),
            new ChangegroupEvent.ChangegroupEnded(),
            new BundleEvent.BundleEnded());
    assertThat(outcome(bundle, 1, LIMITS)).isEqualTo(outcome(bundle));
  }

  @Test
  void unknownChangegroupsAreRefusedOrSkipped() {
    for (String[] parameters :
        new String[][] {{"version", "04"}, {"other", "1"}, {"version", ""}}) {
      assertThat(fault(hg20(part("CHANGEGROUP", EMPTY_01, parameters), END)))
          .startsWith("UNSUPPORTED: the bundle has the mandatory part CHANGEGROUP");
      assertThat(outcome(hg20(part("changegroup", EMPTY_01, parameters), END)))
          .hasSize(3)
          .contains(new BundleEvent.BundleEnded());
    }
    for (String count : List.of("", "x", "-1", "1 ", "1234567890123456789")) {
      assertThat(fault(hg20(part("CHANGEGROUP", EMPTY_01, "nbchanges", count), END)))
          .startsWith("MALFORMED: a changegroup of the bundle has the nbchanges");
    }
    assertThat(
            fault(hg20(part("CHANGEGROUP", EMPTY_01, "version", "02", "treemanifest", "1"), END)))
        .startsWith("MALFORMED");
  }

  @Test
  void changegroupEndsWithItsPart() {
    assertThat(fault(hg20(part("CHANGEGROUP", new byte[8]), END)))
        .startsWith("MALFORMED: the body of the bundle has a part CHANGEGROUP that ends too early");
    assertThat(fault(hg20(start("CHANGEGROUP"), END, END))).startsWith("MALFORMED");
    assertThat(fault(hg20(part("CHANGEGROUP", new byte[13]), END)))
        .startsWith("MALFORMED: the changegroup continues after its end");
  }

  @Test
  void interruptedPartContinues() {
    byte[] interrupt = int32(-1);
    byte[] inner = part(Bundles.CACHE, ascii("inner"));
    byte[] bundle =
        hg20(
            start("CHANGEGROUP"),
            sized(new byte[5]),
            interrupt,
            inner,
            interrupt,
            part("output", ascii("skipped")),
            sized(new byte[7]),
            END,
            END);
    List<Object> outcome = outcome(bundle);
    assertThat(outcome).filteredOn(BundleEvent.PartEnded.class::isInstance).hasSize(2);
    assertThat(outcome)
        .containsSubsequence(
            new ChangegroupEvent.DeltaGroupEnded(),
            new BundleEvent.PartDataRead(ByteBuffer.wrap(ascii("inner"))),
            new BundleEvent.PartSkipped(new PartHeader("output", 7, Map.of(), Map.of())),
            new ChangegroupEvent.ChangegroupEnded(),
            new BundleEvent.BundleEnded());
    assertThat(outcome(bundle, 1, LIMITS)).isEqualTo(outcome);
    assertThat(fault(hg20(start("output"), interrupt, END)))
        .startsWith("MALFORMED: the body of the bundle has a part with a header of 0 bytes");
  }

  @Test
  void enforcesLimitOfOpenParts() {
    byte[] open = join(start("output"), int32(-1));
    WireLimits limits = LIMITS.with(WireLimit.MAX_BUNDLE_PART_DEPTH, 2);
    assertValid(hg20(open, start("output"), END, END, END), limits);
    assertThat(fault(hg20(open, open), limits)).startsWith("DEPTH");
  }

  @Test
  void enforcesLimitsOfParts() {
    WireLimits limits =
        LIMITS
            .with(WireLimit.MAX_BUNDLE_PART_HEADER, 20)
            .with(WireLimit.MAX_BUNDLE_PARAMETERS, 2)
            .with(WireLimit.MAX_BUNDLE_CHUNK, 13);
    assertValid(hg20(part("output", new byte[13], "abcd", "e"), END), limits);
    assertThat(fault(hg20(part("output", EMPTY_01, "abcd", "ef"), END), limits))
        .isEqualTo(
            "LIMIT: the body of the bundle has a part with a header of 21 bytes, more than the 20"
                + " that are allowed, before byte 4");
    assertThat(fault(hg20(part("output", new byte[14]), END), limits)).startsWith("LIMIT");
    assertValid(hg20(part("out", EMPTY_01, "a", "b", "c", "d"), END), limits);
    assertThat(
            fault(
                hg20(part("out", EMPTY_01, "a", "b", "c", "d", "e", "f"), END),
                limits.with(WireLimit.MAX_BUNDLE_PART_HEADER, 99)))
        .startsWith("LIMIT: the header of a part of the bundle has 3 parameters");
    assertThat(fault(hg20(start("output"), int32(-2)))).startsWith("MALFORMED");
    assertThat(fault(hg20(int32(-2)))).startsWith("MALFORMED");
  }

  @ParameterizedTest
  @CsvSource({
    "00 00000000 00 00, MALFORMED: the header of a part of the bundle has the name",
    "01 20 00000000 00 00, MALFORMED: the header of a part of the bundle has the name",
    "01 61 000000, MALFORMED: the header of a part of the bundle ends before",
    "01 61 00000000 01 00 01, MALFORMED: the header of a part of the bundle ends before",
    "01 61 00000000 01 00 01 01 6b, MALFORMED: the header of a part of the bundle ends before",
    "01 61 00000000 01 00 00 01 76, MALFORMED: the header of a part of the bundle has a parameter w",
    "01 61 00000000 00 00 00, MALFORMED: the header of a part of the bundle continues for 1 bytes",
    "01 61 00000000 01 01 01 00 01 00 6b 6b, DUPLICATE_KEY",
  })
  void refusesWrongPartHeaders(String bytes, String fault) {
    assertThat(fault(hg20(sized(hex(bytes))))).startsWith(fault);
  }

  @Test
  void enforcesLimitOfTheWindow() {
    byte[] bundle = join(ascii("HG20"), sized(ascii("Compression=ZS")), hex("28b52ffd 00 58"));
    // Window_Descriptor 0x58: exponent 11, 2^21 bytes.
    assertThat(fault(bundle, LIMITS.with(WireLimit.MAX_BUNDLE_WINDOW_LOG, 21)))
        .startsWith("TRUNCATED");
    assertThat(fault(bundle, LIMITS.with(WireLimit.MAX_BUNDLE_WINDOW_LOG, 20)))
        .startsWith("LIMIT: the bundle cannot be decompressed");
    assertThat(fault(join(ascii("HG10GZ"), hex("ffff"))))
        .startsWith("ENCODING_CORRUPT: the bundle cannot be decompressed");
  }

  @Test
  void refusesCallsInTheWrongOrder() {
    BundleDecoder decoder = new BundleDecoder(LIMITS, Set.of());
    assertThatIllegalStateException().isThrownBy(decoder::detachBody);
    decoder.feed(ByteBuffer.wrap(ascii("HG10UN")));
    assertThatIllegalStateException().isThrownBy(() -> decoder.feed(ByteBuffer.allocate(1)));
    assertThatIllegalStateException().isThrownBy(decoder::endOfInput);
    assertThat(decoder.poll()).isInstanceOf(BundleEvent.HeaderRead.class);
    assertThat(decoder.detachBody().remaining()).isZero();
    assertThatIllegalStateException().isThrownBy(decoder::detachBody);
    decoder.feed(ByteBuffer.wrap(EMPTY_01));
    while (decoder.poll() != null) {}
    assertThatIllegalStateException().isThrownBy(decoder::detachBody);
    decoder.endOfInput();
    assertThatIllegalStateException().isThrownBy(() -> decoder.feed(ByteBuffer.allocate(1)));
    assertThat(decoder.poll()).isNull();
    decoder.close();
    BundleDecoder closed = new BundleDecoder(LIMITS);
    closed.feed(ByteBuffer.wrap(ascii("HG10UN")));
    closed.close();
    closed.close();
    assertThatIllegalStateException().isThrownBy(closed::poll);
  }
}
