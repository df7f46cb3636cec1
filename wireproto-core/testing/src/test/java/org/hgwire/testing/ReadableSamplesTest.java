// SPDX-License-Identifier: Apache-2.0
package org.hgwire.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.function.Predicate;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.SampleReportingFormat;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.ShrinkingDistance;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.frame.FrameType;
import org.junit.jupiter.api.Test;

/** What a person sees of a sample that fails. */
class ReadableSamplesTest {
  private static final FrameBytes TWO =
      FrameBytes.parse(
          "1 1 stream-begin command-request new cbor:{b'name': b'heads'}", "1 1 0 9 eos a\\x00");

  @Test
  void framesArePrintedInTheirNotation() {
    assertThat(TWO)
        .hasToString(
            "1 1 stream-begin command-request new cbor:{b'name': b'heads'}\n"
                + "1 1 0 stream-settings eos a\\x00");
  }

  @Test
  void restIsPrintedInHexadecimal() {
    ByteString cut = TWO.bytes().substring(0, TWO.bytes().length() - 1);
    assertThat(new FrameBytes(cut).frames()).hasSize(1);
    assertThat(new FrameBytes(cut).toString().lines()).last().isEqualTo("h'020000010001009261'");
  }

  @Test
  void formatIsAServiceThatJqwikFinds() {
    assertThat(ServiceLoader.load(SampleReportingFormat.class))
        .anyMatch(NotationFormat.class::isInstance);
    NotationFormat format = new NotationFormat();
    assertThat(format.appliesTo(TWO)).isTrue();
    assertThat(format.report(TWO).toString()).isEqualTo("\n" + TWO.toString().indent(4));
    assertThat(format.report(CborInteger.of(-3))).hasToString("-3");
    assertThat(format.report(ByteString.copyOf((byte) 10))).hasToString("h'0a'");
    assertThat(format.appliesTo("text")).isFalse();
  }

  /** A server that fails on any data shrinks to the shortest exchange that has some. */
  @Example
  void sequencesShrinkToFewReadableFrames() {
    Predicate<FrameBytes> fails =
        bytes ->
            bytes.frames().stream()
                .anyMatch(frame -> frame.header().typeCode() == FrameType.COMMAND_DATA.code());
    FrameBytes shrunk = shrunk(RequestArbitraries.sequences(), fails);
    assertThat(shrunk.frames().size()).isLessThanOrEqualTo(3);
    assertThat(shrunk.toString().lines().skip(1))
        .anyMatch(line -> line.contains("command-request new|have-data cbor:{b'args'"))
        .last()
        .isEqualTo("1 1 0 command-data eos ");
  }

  /** Takes the first smaller sample that still fails, until there is none. */
  private static <T> T shrunk(Arbitrary<T> arbitrary, Predicate<T> fails) {
    var generator = arbitrary.generator(1000, false);
    Random random = new Random(7);
    Shrinkable<T> sample = generator.next(random);
    while (!fails.test(sample.value())) {
      sample = generator.next(random);
    }
    for (boolean smaller = true; smaller; ) {
      smaller = false;
      List<Shrinkable<T>> candidates = new ArrayList<>(sample.shrink().limit(2000).toList());
      for (Shrinkable<T> candidate : candidates) {
        if (fails.test(candidate.value()) && isSmaller(candidate, sample)) {
          sample = candidate;
          smaller = true;
          break;
        }
      }
    }
    return sample.value();
  }

  static boolean isSmaller(Shrinkable<?> one, Shrinkable<?> other) {
    ShrinkingDistance distance = one.distance();
    return distance.compareTo(other.distance()) < 0;
  }
}
