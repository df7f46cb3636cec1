// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.benchmarks;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameDecoder;
import org.hgwire.core.frame.FrameHeader;
import org.hgwire.core.frame.FramePiece;
import org.hgwire.core.frame.FrameType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A frame, one of many with the same payload, fed whole in large pieces of input or in pieces of 16
 * KiB. The yardstick is Netty's decoder of frames with a length, which is no decoder of ours, but
 * does the same work: called directly, and in the pipeline of a channel.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class FrameDecoding {
  private static final int FRAMES = 256;
  private static final int PIECE = 16 << 10;

  @Param({"32", "32768"})
  private int payload;

  @Param({"whole", "pieces"})
  private String input = "";

  private byte[] frames = {};
  private int piece;
  private FrameDecoder decoder = new FrameDecoder(WireLimits.defaults());
  private BareDecoder bare = new BareDecoder();
  private EmbeddedChannel channel = new EmbeddedChannel();
  private Counter counter = new Counter();

  /** Creates the frames. */
  @Setup
  public void encode() {
    ByteBuffer frame =
        Frame.of(1, 2, 0, FrameType.COMMAND_RESPONSE, 1, ByteBuffer.allocate(payload)).encode();
    ByteBuffer all = ByteBuffer.allocate(FRAMES * frame.remaining());
    for (int i = 0; i < FRAMES; i++) {
      all.put(frame.duplicate());
    }
    frames = all.array();
    piece = input.equals("whole") ? frames.length : PIECE;
    decoder = new FrameDecoder(WireLimits.defaults());
    bare = new BareDecoder();
    counter = new Counter();
    channel = new EmbeddedChannel(new BareDecoder(), counter);
  }

  /** Closes the channel. */
  @TearDown
  public void close() {
    channel.finishAndReleaseAll();
  }

  /** By this project. */
  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public void decode(Blackhole blackhole) {
    for (int at = 0; at < frames.length; at += piece) {
      decoder.feed(ByteBuffer.wrap(frames, at, Math.min(piece, frames.length - at)));
      for (FramePiece next = decoder.poll(); next != null; next = decoder.poll()) {
        blackhole.consume(next);
      }
    }
  }

  /** By Netty's decoder, called directly, on input in which frames are whole. */
  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public void decodeByBareNetty(Blackhole blackhole) throws Exception {
    ByteBuf all = Unpooled.wrappedBuffer(frames);
    for (ByteBuf next = bare.next(all); next != null; next = bare.next(all)) {
      blackhole.consume(next);
      next.release();
    }
    all.release();
  }

  /** By Netty's decoder in a pipeline. */
  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public void decodeByNettyPipeline(Blackhole blackhole) {
    for (int at = 0; at < frames.length; at += piece) {
      channel.writeInbound(Unpooled.wrappedBuffer(frames, at, Math.min(piece, frames.length - at)));
    }
    blackhole.consume(counter.frames);
  }

  /** Netty's decoder, with the length of our header. */
  private static final class BareDecoder extends LengthFieldBasedFrameDecoder {
    BareDecoder() {
      super(ByteOrder.LITTLE_ENDIAN, 1 << 24, 0, 3, FrameHeader.BYTES - 3, FrameHeader.BYTES, true);
    }

    ByteBuf next(ByteBuf all) throws Exception {
      return (ByteBuf) decode(null, all);
    }
  }

  /** Counts and releases frames. */
  private static final class Counter extends ChannelInboundHandlerAdapter {
    private long frames;

    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
      frames++;
      ((ByteBuf) frame).release();
    }
  }
}
