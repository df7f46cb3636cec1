// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.frame.FrameHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every frame type, with every combination of its flags and of stream flags, in every state of a
 * client: what the protocol's texts accept is listed here, and everything else must be refused.
 */
final class ClientFrameTableTest {
  /** The states by name: the frames that lead to them. All use request 1 and stream 2. */
  private static final Map<String, List<String>> STATES =
      new TreeMap<>(
          Map.of(
              "beginning",
              List.of(),
              "in stream settings",
              List.of("1 2 stream-begin stream-settings continuation \\x48identity"),
              "configured",
              List.of("1 2 stream-begin stream-settings eos cbor:b'identity'"),
              "in response",
              List.of("1 2 stream-begin command-response continuation x"),
              "in encoded response",
              List.of("1 2 stream-begin|encoded command-response continuation x"),
              "failed",
              List.of("1 2 stream-begin text-output 0 cbor:1"),
              "corrupt",
              List.of(
                  "1 2 stream-begin stream-settings eos cbor:b'zlib'",
                  "1 2 encoded command-response continuation nonsense"),
              "ended",
              List.of("1 2 stream-begin command-response eos x"),
              "closed",
              List.of("1 2 stream-begin|stream-end command-response continuation x")));

  private static final Set<String> STREAM_CLOSED = Set.of("beginning", "closed");

  private static final Set<String> RESPONSES = Set.of("3:1", "3:2", "5:0", "6:0", "7:0");
  private static final Set<String> RESPONSES_OR_SETTINGS =
      Set.of("3:1", "3:2", "5:0", "6:0", "7:0", "9:1", "9:2");

  /** What each state accepts: type code, then flags as hexadecimal digits. */
  private static final Map<String, Set<String>> TAKEN =
      Map.of(
          "beginning", RESPONSES_OR_SETTINGS,
          "in stream settings", Set.of("9:1", "9:2"),
          "configured", RESPONSES,
          "in response", RESPONSES_OR_SETTINGS,
          "in encoded response", RESPONSES,
          "failed", RESPONSES_OR_SETTINGS,
          "corrupt", RESPONSES,
          "ended", Set.of(),
          "closed", RESPONSES_OR_SETTINGS);

  private static boolean accepted(String state, int type, int flags, int streamFlags) {
    String frame = Integer.toHexString(type) + ":" + Integer.toHexString(flags);
    boolean begin = (streamFlags & 1) != 0;
    boolean end = (streamFlags & 2) != 0;
    boolean encoded = (streamFlags & 4) != 0;
    boolean streamSound =
        STREAM_CLOSED.contains(state)
            ? begin
            : !begin || (state.equals("in stream settings") && type == 9);
    boolean settingsSound = type != 9 || (!encoded && !(end && flags == 1));
    return streamFlags < 8
        && streamSound
        && settingsSound
        && TAKEN.getOrDefault(state, Set.of()).contains(frame);
  }

  @Test
  void everyPairOfStateAndFrame() {
    int refused = 0;
    int total = 0;
    for (Map.Entry<String, List<String>> state : STATES.entrySet()) {
      for (int type = 0; type < 16; type++) {
        for (int flags = 0; flags < 16; flags++) {
          for (int streamFlags : new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 128, 255}) {
            boolean expected = accepted(state.getKey(), type, flags, streamFlags);
            WireErrorCode code = run(state, type, flags, streamFlags);
            assertThat(code == null)
                .as("%s: type %d, flags %d, stream %d: %s", state, type, flags, streamFlags, code)
                .isEqualTo(expected);
            refused += expected ? 0 : 1;
            total++;
          }
        }
      }
    }
    assertThat(total).isEqualTo(9 * 16 * 16 * 13);
    assertThat(refused).isGreaterThan(total * 9 / 10);
  }

  private static @Nullable WireErrorCode run(
      Map.Entry<String, List<String>> state, int type, int flags, int streamFlags) {
    try (ClientReactor reactor = ClientReactorErrorsTest.called()) {
      reactor.receive(Events.bytes(state.getValue().toArray(new String[0])));
      assertThat(Events.failure(Events.all(reactor))).isNull();
      boolean identity = type == 9 && !state.getKey().equals("in stream settings");
      ByteBuffer payload =
          identity
              ? Events.bytes("1 2 0 stream-settings eos cbor:b'identity'").position(8)
              : ByteBuffer.allocate(0);
      ByteBuffer frame = ByteBuffer.allocate(FrameHeader.BYTES + payload.remaining());
      new FrameHeader(payload.remaining(), 1, 2, streamFlags, type, flags).write(frame);
      reactor.receive(frame.put(payload).flip());
      return Events.failure(Events.all(reactor));
    }
  }
}
