// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.frame.FrameNotation;
import org.jspecify.annotations.Nullable;

/**
 * Events of reactors as values that outlive the next call, and frames in text notation as input.
 */
final class Events {
  private Events() {}

  /** Polls all events, with copies of their buffers. */
  static List<ServerEvent> all(ServerReactor reactor) {
    List<ServerEvent> events = new ArrayList<>();
    for (ServerEvent event = reactor.poll(); event != null; event = reactor.poll()) {
      events.add(
          event instanceof ServerEvent.CommandDataReceived data
              ? new ServerEvent.CommandDataReceived(data.requestId(), copy(data.data()))
              : event);
    }
    return events;
  }

  /** Polls all events, with copies of their buffers. */
  static List<ClientEvent> all(ClientReactor reactor) {
    List<ClientEvent> events = new ArrayList<>();
    for (ClientEvent event = reactor.poll(); event != null; event = reactor.poll()) {
      events.add(
          event instanceof ClientEvent.ResponseReceived data
              ? new ClientEvent.ResponseReceived(data.requestId(), copy(data.data()))
              : event);
    }
    return events;
  }

  private static ByteBuffer copy(ByteBuffer data) {
    return ByteString.copyOf(data).asByteBuffer();
  }

  /** Returns the bytes of frames in text notation, separated by {@code "; "}. */
  static ByteBuffer bytes(String frames) {
    return frames.isEmpty() ? ByteBuffer.allocate(0) : bytes(frames.split("; ", -1));
  }

  /** Returns the bytes of frames in text notation, one per line. */
  static ByteBuffer bytes(String... lines) {
    int size = 0;
    List<ByteBuffer> frames = new ArrayList<>();
    for (String line : lines) {
      ByteBuffer frame = FrameNotation.parse(line).encode();
      size += frame.remaining();
      frames.add(frame);
    }
    ByteBuffer bytes = ByteBuffer.allocate(size);
    frames.forEach(bytes::put);
    return bytes.flip();
  }

  /** Returns the code of the fault at the end of {@code events}, or null. */
  static @Nullable WireErrorCode failure(List<?> events) {
    Object last = events.isEmpty() ? null : events.get(events.size() - 1);
    if (last instanceof ServerEvent.ProtocolFailed failed) {
      return failed.fault().code();
    }
    if (last instanceof ClientEvent.ProtocolFailed failed) {
      return failed.fault().code();
    }
    return null;
  }
}
