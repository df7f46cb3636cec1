// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.core.encoding.ContentEncoder;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.frame.StreamFlags;

/** Responses are encoded without regard to what the client takes. */
final class EncodedResponse implements Fault {
  private final String encoding;
  private final boolean withSettings;

  /**
   * Encodes responses.
   *
   * @param withSettings encode only those to requests that have settings
   */
  EncodedResponse(String encoding, boolean withSettings) {
    this.encoding = encoding;
    this.withSettings = withSettings;
  }

  @Override
  public Reply respond(Call call, Server sound) {
    boolean encoded =
        call.isFramed()
            && (!withSettings
                || RawFrame.any(next -> next.type() == FrameType.SENDER_PROTOCOL_SETTINGS.code())
                    .test(RawFrame.parse(call.body())));
    Reply reply = sound.respond(call);
    return encoded ? reply.withFrames(this::encoded) : reply;
  }

  private List<RawFrame> encoded(List<RawFrame> frames) {
    List<RawFrame> encoded = new ArrayList<>();
    encoded.add(
        new RawFrame(
            frames.get(0).request(),
            2,
            StreamFlags.BEGIN,
            FrameType.STREAM_SETTINGS.code(),
            FrameType.EOS,
            CborEncoder.encode(CborBytes.utf8(encoding))));
    ContentEncoder encoder =
        Objects.requireNonNull(ContentEncodings.standard().find(encoding)).newEncoder();
    for (RawFrame frame : frames) {
      if (frame.type() == FrameType.COMMAND_RESPONSE.code()) {
        ByteBuffer output = ByteBuffer.allocate(frame.payload().length() + 1024);
        encoder.encode(frame.payload().asByteBuffer(), output);
        encoder.flush(output);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(output.array(), 0, output.position());
        encoded.add(
            frame
                .withStreamFlags(StreamFlags.ENCODED)
                .withPayload(ByteString.copyOf(bytes.toByteArray())));
      }
    }
    encoder.close();
    return encoded;
  }
}
