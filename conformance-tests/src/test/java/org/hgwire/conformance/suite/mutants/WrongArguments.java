// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.frame.FrameType;

/** Commands of version 2 run with other arguments than those of the request. */
final class WrongArguments implements Fault {
  private final String command;
  private final UnaryOperator<CborMap> change;

  /** Changes the arguments of the commands whose name matches a regular expression. */
  WrongArguments(String command, UnaryOperator<CborMap> change) {
    this.command = command;
    this.change = change;
  }

  @Override
  public Reply respond(Call call, Server sound) {
    return sound.respond(call.withFrames(this::changed));
  }

  private List<RawFrame> changed(List<RawFrame> frames) {
    List<RawFrame> changed = new ArrayList<>();
    for (RawFrame frame : frames) {
      boolean whole = frame.is(FrameType.COMMAND_REQUEST.code(), FrameType.REQUEST_NEW);
      CborMap request = whole ? CommandCalls.read(frame.payload()) : null;
      changed.add(request == null ? frame : frame.withPayload(changed(request, frame.payload())));
    }
    return changed;
  }

  private ByteString changed(CborMap request, ByteString payload) {
    if (!CommandCalls.name(request).matches(command)) {
      return payload;
    }
    CborMap arguments = CommandCalls.arguments(request);
    CborMap others = change.apply(arguments);
    return others.equals(arguments)
        ? payload
        : CborEncoder.encode(CommandCalls.with(request, "args", others));
  }
}
