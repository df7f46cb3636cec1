// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.benchmarks;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.hgwire.core.WireLimits;
import org.hgwire.core.frame.Frame;
import org.hgwire.core.frame.FrameDecoder;
import org.hgwire.core.frame.FrameType;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** A megabyte of payload in frames, fed in pieces of 16 KiB. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class FrameDecoding {
  private static final int PIECE = 16 << 10;

  @Param({"100", "32768"})
  private int payload;

  private byte[] frames = {};

  /** Creates the frames. */
  @Setup
  public void encode() {
    int count = (1 << 20) / payload;
    ByteBuffer frame =
        Frame.of(1, 2, 0, FrameType.COMMAND_RESPONSE, 1, ByteBuffer.allocate(payload)).encode();
    ByteBuffer all = ByteBuffer.allocate(count * frame.remaining());
    for (int i = 0; i < count; i++) {
      all.put(frame.duplicate());
    }
    frames = all.array();
  }

  /** By this project. */
  @Benchmark
  public void decode(Blackhole blackhole) {
    FrameDecoder decoder = new FrameDecoder(WireLimits.defaults());
    for (int at = 0; at < frames.length; at += PIECE) {
      decoder.feed(ByteBuffer.wrap(frames, at, Math.min(PIECE, frames.length - at)));
      for (Frame frame = decoder.poll(); frame != null; frame = decoder.poll()) {
        blackhole.consume(frame);
      }
    }
    decoder.endOfInput();
  }

  /** Only copies the same bytes. */
  @Benchmark
  public Object decodeByCopying() {
    return frames.clone();
  }
}
