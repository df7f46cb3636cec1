// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FrameTypeTest {
  private static List<Integer> allowed(FrameType type) {
    return IntStream.range(-1, 32).filter(type::allows).boxed().toList();
  }

  @Test
  void allowsTheFlagsOfTheText() {
    Map<FrameType, List<Integer>> expected = new EnumMap<>(FrameType.class);
    // Exactly one of new (1) and continuation (2), with or without more (4) and have-data (8).
    expected.put(FrameType.COMMAND_REQUEST, List.of(1, 2, 5, 6, 9, 10, 13, 14));
    // Exactly one of continuation (1) and eos (2).
    expected.put(FrameType.COMMAND_DATA, List.of(1, 2));
    expected.put(FrameType.COMMAND_RESPONSE, List.of(1, 2));
    expected.put(FrameType.SENDER_PROTOCOL_SETTINGS, List.of(1, 2));
    expected.put(FrameType.STREAM_SETTINGS, List.of(1, 2));
    // No flag is defined.
    expected.put(FrameType.ERROR_RESPONSE, List.of(0));
    expected.put(FrameType.TEXT_OUTPUT, List.of(0));
    expected.put(FrameType.PROGRESS, List.of(0));
    Map<FrameType, List<Integer>> actual = new EnumMap<>(FrameType.class);
    for (FrameType type : FrameType.values()) {
      actual.put(type, allowed(type));
    }
    assertThat(actual).isEqualTo(expected);
  }

  @Test
  void flagsRuleIsASentence() {
    assertThat("flags " + FrameType.COMMAND_REQUEST.flagsRule())
        .isEqualTo(
            "flags of command-request frames must include exactly one of new and continuation");
    assertThat("flags " + FrameType.STREAM_SETTINGS.flagsRule())
        .isEqualTo(
            "flags of stream-settings frames must include exactly one of continuation and eos, and"
                + " nothing else");
    assertThat("flags " + FrameType.PROGRESS.flagsRule())
        .isEqualTo("flags are not defined for progress frames");
  }

  @Test
  void codesAreThoseOfTheText() {
    assertThat(IntStream.range(-1, 18).mapToObj(FrameType::ofCode))
        .containsExactly(
            null,
            null,
            FrameType.COMMAND_REQUEST,
            FrameType.COMMAND_DATA,
            FrameType.COMMAND_RESPONSE,
            null,
            FrameType.ERROR_RESPONSE,
            FrameType.TEXT_OUTPUT,
            FrameType.PROGRESS,
            FrameType.SENDER_PROTOCOL_SETTINGS,
            FrameType.STREAM_SETTINGS,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    for (FrameType type : FrameType.values()) {
      assertThat(FrameType.ofCode(type.code())).isEqualTo(type);
    }
  }
}
