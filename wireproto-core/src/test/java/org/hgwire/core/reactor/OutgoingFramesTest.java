// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.ByteBudget;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.encoding.EncoderPool;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameAssembler;
import org.hgwire.core.frame.FrameDecoder;
import org.hgwire.core.frame.FrameType;
import org.hgwire.core.frame.StreamFlags;
import org.hgwire.core.message.ErrorResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a server sends which frames on which stream, and what becomes of its encoder. */
final class OutgoingFramesTest {
  /** Longer than a response that is not encoded. */
  private static final int LONG = 5000;

  private final EncoderPool encoders = EncoderPool.within(new ByteBudget(1 << 26));
  private final ServerReactor server =
      new ServerReactor(
          WireLimits.defaults(),
          ContentEncodings.standard(),
          new ServerMemory(new ByteBudget(1 << 20), encoders, new ByteBudget(1 << 26)));

  @AfterEach
  void close() {
    server.close();
    assertThat(encoders.taken()).isZero();
  }

  private void call(String encoding) {
    server.receive(
        Events.bytes(
            "1 1 stream-begin sender-protocol-settings eos cbor:{b'contentencodings': [b'"
                + encoding
                + "']}",
            "1 1 0 command-request new cbor:{b'name': b'heads'}",
            "3 1 0 command-request new cbor:{b'name': b'known'}"));
    assertThat(Events.failure(Events.all(server))).isNull();
  }

  private List<Frame> frames() {
    List<Frame> frames = new ArrayList<>();
    for (ByteBuffer bytes = server.pollOutput(); bytes != null; bytes = server.pollOutput()) {
      FrameDecoder decoder = new FrameDecoder(WireLimits.defaults());
      FrameAssembler assembler = new FrameAssembler(decoder);
      decoder.feed(bytes);
      for (Frame frame = assembler.poll(); frame != null; frame = assembler.poll()) {
        frames.add(frame);
      }
      decoder.endOfInput();
    }
    return frames;
  }

  private static boolean isEncoded(Frame frame) {
    return frame.header().hasStreamFlag(StreamFlags.ENCODED);
  }

  @Test
  void flushWithNothingToSendSendsNothing() {
    call("identity");
    server.respond(1, Pair.ok());
    server.flush();
    assertThat(frames()).hasSize(1);
    server.flush();
    assertThat(frames()).isEmpty();
    server.respond(1, ByteBuffer.allocate(0));
    server.flush();
    assertThat(frames()).isEmpty();
  }

  @Test
  void emptyLastFrameIsNotEncoded() {
    call("zlib");
    server.respond(1, ByteBuffer.allocate(LONG));
    server.flush();
    assertThat(frames()).last().matches(OutgoingFramesTest::isEncoded);
    server.endResponse(1);
    List<Frame> last = frames();
    assertThat(last).hasSize(1);
    assertThat(last.get(0).payload().remaining()).isZero();
    assertThat(last.get(0).header().hasFlag(FrameType.EOS)).isTrue();
    assertThat(isEncoded(last.get(0))).isFalse();
  }

  /** "What is written next is on another stream, with another encoder." */
  @Test
  void releasedEncoderIsFollowedByAnotherStream() {
    call("zlib");
    server.respond(1, ByteBuffer.allocate(LONG));
    assertThat(encoders.taken()).isPositive();
    server.releaseEncoder();
    assertThat(encoders.taken()).isZero();
    int before = frames().get(0).header().streamId();
    server.respond(1, ByteBuffer.allocate(LONG));
    server.endResponse(1);
    List<Frame> after = frames();
    assertThat(after.get(0).header().streamId()).isEqualTo(before);
    assertThat(after.get(0).header().hasStreamFlag(StreamFlags.END)).isTrue();
    assertThat(after.subList(1, after.size()))
        .allMatch(frame -> frame.header().streamId() != before)
        .anyMatch(OutgoingFramesTest::isEncoded);
  }

  @Test
  void failureInTheMiddleGivesTheEncoderBack() {
    call("zlib");
    server.respond(1, ByteBuffer.allocate(LONG));
    assertThat(encoders.taken()).isPositive();
    server.failResponse(1, ErrorResponse.of(ErrorResponse.Type.SERVER, "no"));
    assertThat(encoders.taken()).isZero();
    assertThat(frames()).last().matches(f -> f.header().hasStreamFlag(StreamFlags.END));
  }

  @Test
  void failureSendsWhatWaitsOfOthersFirst() {
    call("identity");
    server.respond(1, Pair.ok());
    server.respond(3, Pair.ok());
    server.failResponse(1, ErrorResponse.of(ErrorResponse.Type.SERVER, "no"));
    server.endResponse(3);
    List<Frame> frames = frames();
    assertThat(frames).extracting(frame -> frame.header().requestId()).startsWith(1, 3, 1);
    assertThat(frames)
        .extracting(frame -> FrameType.ofCode(frame.header().typeCode()))
        .startsWith(
            FrameType.COMMAND_RESPONSE, FrameType.COMMAND_RESPONSE, FrameType.ERROR_RESPONSE);
    assertThat(ByteString.copyOf(frames.get(1).payload())).isEqualTo(ByteString.copyOf(Pair.ok()));
  }
}
