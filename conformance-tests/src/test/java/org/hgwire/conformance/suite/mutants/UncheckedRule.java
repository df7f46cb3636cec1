// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.hgwire.core.ByteString;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.frame.StreamFlags;

/**
 * A rule that the server does not check: requests that our server refuses for it, which its message
 * tells, succeed.
 */
final class UncheckedRule implements Fault {
  private static final ByteString OK =
      ByteString.fromHex("a1" + "46" + hex("status") + "42" + hex("ok") + "a0");

  private final Pattern refusal;

  /** Does not check the rule whose breach our server refuses with a message like this. */
  UncheckedRule(String refusal) {
    this.refusal = Pattern.compile(refusal, Pattern.DOTALL);
  }

  private static String hex(String text) {
    return ByteString.utf8(text).hex();
  }

  @Override
  public Reply respond(Call call, Server sound) {
    Reply reply = sound.respond(call);
    String text = new String(reply.body().toByteArray(), StandardCharsets.ISO_8859_1);
    boolean refused = reply.status() >= 400 || reply.isFramed();
    return refused && refusal.matcher(text).find() ? success(call) : reply;
  }

  private static Reply success(Call call) {
    List<Integer> requests =
        RawFrame.parse(call.body()).stream()
            .filter(frame -> frame.type() == FrameType.COMMAND_REQUEST.code())
            .map(RawFrame::request)
            .distinct()
            .toList();
    if (requests.isEmpty()) {
      requests = List.of(1);
    }
    boolean first = true;
    List<RawFrame> frames = new ArrayList<>();
    for (int request : requests) {
      frames.add(
          new RawFrame(
              request,
              2,
              first ? StreamFlags.BEGIN : 0,
              FrameType.COMMAND_RESPONSE.code(),
              FrameType.EOS,
              OK));
      first = false;
    }
    return Reply.framed(frames);
  }
}
