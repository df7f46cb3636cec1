// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import java.util.List;
import org.hgwire.conformance.exchange.CommandResponse;
import org.hgwire.conformance.exchange.FramedResponse;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.command.HttpV2Api;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.frame.StreamFlags;

/** Requests that offer to follow a redirect are redirected, although the command fails. */
final class RedirectedFailures implements Fault {
  private static final ByteString REDIRECT =
      CborEncoder.encode(
          CborMap.builder()
              .put("status", ByteString.utf8("redirect"))
              .put(
                  "location",
                  CborMap.builder()
                      .put("url", ByteString.utf8("http://127.0.0.1:9/"))
                      .put("mediatype", ByteString.utf8(HttpV2Api.CBOR_MEDIA_TYPE))
                      .build())
              .build());

  @Override
  public Reply respond(Call call, Server sound) {
    Reply reply = sound.respond(call);
    boolean failed =
        reply.isFramed()
            && FramedResponse.read(reply.body()).responses().values().stream()
                .map(CommandResponse::failure)
                .anyMatch(failure -> failure != null);
    if (!failed || !Offers.any(offer -> !Offers.isMalformed(offer)).test(call)) {
      return reply;
    }
    return Reply.framed(
        List.of(
            new RawFrame(
                1,
                2,
                StreamFlags.BEGIN,
                FrameType.COMMAND_RESPONSE.code(),
                FrameType.EOS,
                REDIRECT)));
  }
}
