// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.hgwire.conformance.exchange.CommandResponse;
import org.hgwire.conformance.exchange.FramedResponse;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.frame.StreamFlags;

/** Redirects have another location, or more objects. */
final class WrongRedirect implements Fault {
  private final UnaryOperator<List<CborValue>> change;

  private WrongRedirect(UnaryOperator<List<CborValue>> change) {
    this.change = change;
  }

  /** Changes the objects of a redirect, of which the first is its status. */
  static Fault objects(UnaryOperator<List<CborValue>> change) {
    return new WrongRedirect(change);
  }

  /** Changes the location. */
  static Fault location(UnaryOperator<CborMap> change) {
    return new WrongRedirect(
        objects -> {
          CborMap status = (CborMap) objects.get(0);
          CborMap location = change.apply((CborMap) status.require("location"));
          return List.of(CommandCalls.with(status, "location", location));
        });
  }

  /** Gives a key of the location another value. */
  static Fault key(String key, UnaryOperator<CborValue> change) {
    return location(
        location -> CommandCalls.with(location, key, change.apply(location.require(key))));
  }

  @Override
  public Reply respond(Call call, Server sound) {
    Reply reply = sound.respond(call);
    if (!reply.isFramed()) {
      return reply;
    }
    Map<Integer, CommandResponse> responses = FramedResponse.read(reply.body()).responses();
    if (responses.values().stream().noneMatch(CommandResponse::isRedirect)) {
      return reply;
    }
    List<RawFrame> frames = new ArrayList<>();
    responses.forEach(
        (id, response) -> {
          ByteString bytes = response.isRedirect() ? changed(response) : response.bytes();
          frames.add(
              new RawFrame(
                  id,
                  2,
                  frames.isEmpty() ? StreamFlags.BEGIN : 0,
                  FrameType.COMMAND_RESPONSE.code(),
                  FrameType.EOS,
                  bytes));
        });
    return Reply.framed(frames);
  }

  private ByteString changed(CommandResponse response) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    change
        .apply(List.of(response.status()))
        .forEach(object -> bytes.writeBytes(CborEncoder.encode(object).toByteArray()));
    return ByteString.copyOf(bytes.toByteArray());
  }
}
