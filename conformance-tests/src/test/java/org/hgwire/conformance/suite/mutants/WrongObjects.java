// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.hgwire.conformance.exchange.CommandResponse;
import org.hgwire.conformance.exchange.FramedResponse;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.frame.StreamFlags;

/** Commands of version 2 respond with other objects. */
final class WrongObjects implements Fault {
  private static final int FRAME = 32768;

  private final String command;
  private final BiFunction<CborMap, List<CborValue>, List<CborValue>> change;

  /**
   * Changes the objects that a command responds with, which are given after its arguments.
   *
   * @param command a regular expression of the names of the commands
   */
  WrongObjects(String command, BiFunction<CborMap, List<CborValue>, List<CborValue>> change) {
    this.command = command;
    this.change = change;
  }

  @Override
  public Reply respond(Call call, Server sound) {
    Reply reply = sound.respond(call);
    if (!reply.isFramed()) {
      return reply;
    }
    Map<Integer, CborMap> requests = CommandCalls.of(call);
    boolean concerned =
        requests.values().stream().anyMatch(next -> CommandCalls.name(next).matches(command));
    List<RawFrame> frames = concerned ? changed(requests, reply.body()) : List.of();
    return frames.isEmpty() ? reply : Reply.framed(frames);
  }

  /** Returns the frames of all responses; none if nothing is to be changed. */
  private List<RawFrame> changed(Map<Integer, CborMap> requests, ByteString body) {
    List<RawFrame> frames = new ArrayList<>();
    boolean different = false;
    for (Map.Entry<Integer, CommandResponse> entry :
        FramedResponse.read(body).responses().entrySet()) {
      CborMap request = requests.getOrDefault(entry.getKey(), CborMap.empty());
      CommandResponse response = entry.getValue();
      ByteString bytes = response.bytes();
      boolean matches = CommandCalls.name(request).matches(command);
      if (matches && response.incomplete() == null) {
        List<CborValue> objects = response.objects();
        List<CborValue> others = change.apply(CommandCalls.arguments(request), objects);
        if (!others.equals(objects)) {
          different = true;
          bytes = encoded(others);
        }
      }
      if (response.errorFrame() == null) {
        add(frames, entry.getKey(), bytes);
      }
    }
    return different ? frames : List.of();
  }

  private static ByteString encoded(List<CborValue> objects) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(
        CborEncoder.encode(CborMap.builder().put("status", ByteString.utf8("ok")).build())
            .toByteArray());
    objects.forEach(object -> bytes.writeBytes(CborEncoder.encode(object).toByteArray()));
    return ByteString.copyOf(bytes.toByteArray());
  }

  private static void add(List<RawFrame> frames, int request, ByteString bytes) {
    for (int at = 0; at == 0 || at < bytes.length(); at += FRAME) {
      int end = Math.min(at + FRAME, bytes.length());
      frames.add(
          new RawFrame(
              request,
              2,
              frames.isEmpty() ? StreamFlags.BEGIN : 0,
              FrameType.COMMAND_RESPONSE.code(),
              end == bytes.length() ? FrameType.EOS : FrameType.CONTINUATION,
              bytes.substring(at, end)));
    }
  }
}
