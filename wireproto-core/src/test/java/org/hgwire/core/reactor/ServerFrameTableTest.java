// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireLimits;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.frame.FrameHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every frame type, with every combination of its flags and of stream flags, in every state of a
 * server: what the protocol's texts accept is listed here, and everything else must be refused.
 */
final class ServerFrameTableTest {
  private static final String HEADS = "cbor:{b'name': b'heads'}";

  /** The states by name: the frames that lead to them. All use request 1 and stream 1. */
  private static final Map<String, List<String>> STATES =
      new TreeMap<>(
          Map.of(
              "beginning",
              List.of(),
              "in sender settings",
              List.of("1 1 stream-begin sender-protocol-settings continuation \\xa0"),
              "idle",
              List.of("1 1 stream-begin sender-protocol-settings eos cbor:{}"),
              "in stream settings",
              List.of("1 1 stream-begin stream-settings continuation \\x48identity"),
              "configured",
              List.of("1 1 stream-begin stream-settings eos cbor:b'identity'"),
              "in request",
              List.of("1 1 stream-begin command-request new|more x"),
              "in request with data",
              List.of("1 1 stream-begin command-request new|more|have-data x"),
              "in data",
              List.of("1 1 stream-begin command-request new|have-data " + HEADS),
              "active",
              List.of("1 1 stream-begin command-request new " + HEADS),
              "closed",
              List.of("1 1 stream-begin|stream-end command-request new|more x")));

  /** The states in which stream 1 is not open, so that its next frame must begin it. */
  private static final Set<String> STREAM_CLOSED = Set.of("beginning", "closed");

  /** What each state accepts: type code, then flags as hexadecimal digits. */
  private static final Map<String, Set<String>> TAKEN =
      Map.of(
          "beginning", Set.of("8:1", "8:2", "9:1", "9:2", "1:1", "1:5", "1:9", "1:d"),
          "in sender settings", Set.of("8:1", "8:2"),
          "idle", Set.of("1:1", "1:5", "1:9", "1:d"),
          "in stream settings", Set.of("9:1", "9:2"),
          "configured", Set.of("1:1", "1:5", "1:9", "1:d"),
          "in request", Set.of("1:2", "1:6"),
          "in request with data", Set.of("1:a", "1:e"),
          "in data", Set.of("2:1", "2:2"),
          "active", Set.of(),
          "closed", Set.of("1:2", "1:6", "9:1", "9:2"));

  /** Returns whether a state accepts a frame with these codes and a suitable payload. */
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

  private static ByteBuffer payload(String state, int type) {
    return switch (type) {
      case 8 -> state.equals("beginning") ? bytes(0xa0) : ByteBuffer.allocate(0);
      case 9 ->
          state.equals("in stream settings")
              ? ByteBuffer.allocate(0)
              : bytes(0x48, 'i', 'd', 'e', 'n', 't', 'i', 't', 'y');
      default -> bytes('x');
    };
  }

  private static ByteBuffer bytes(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length);
    for (int value : values) {
      bytes.put((byte) value);
    }
    return bytes.flip();
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
    assertThat(total).isEqualTo(10 * 16 * 16 * 13);
    assertThat(refused).isGreaterThan(total * 9 / 10);
  }

  private static @Nullable WireErrorCode run(
      Map.Entry<String, List<String>> state, int type, int flags, int streamFlags) {
    try (ServerReactor reactor =
        new ServerReactor(WireLimits.defaults(), ContentEncodings.standard())) {
      reactor.receive(Events.bytes(state.getValue().toArray(new String[0])));
      assertThat(Events.failure(Events.all(reactor))).isNull();
      ByteBuffer payload = payload(state.getKey(), type);
      ByteBuffer frame = ByteBuffer.allocate(FrameHeader.BYTES + payload.remaining());
      new FrameHeader(payload.remaining(), 1, 1, streamFlags, type, flags).write(frame);
      reactor.receive(frame.put(payload).flip());
      return Events.failure(Events.all(reactor));
    }
  }
}
