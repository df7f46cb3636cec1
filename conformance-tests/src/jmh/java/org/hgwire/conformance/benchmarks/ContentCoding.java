// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.benchmarks;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.hgwire.core.WireLimits;
import org.hgwire.core.encoding.ContentDecoder;
import org.hgwire.core.encoding.ContentEncoder;
import org.hgwire.core.encoding.ContentEncoding;
import org.hgwire.core.encoding.ContentEncodings;
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

/**
 * A megabyte of text in pieces of 16 KiB through each content encoding; compared with the library
 * underneath, which gets everything at once.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@State(Scope.Thread)
public class ContentCoding {
  private static final int LENGTH = 1 << 20;
  private static final int PIECE = 16 << 10;

  /** The level of the content encoding. */
  private static final int ZSTD_LEVEL = 3;

  @Param({"identity", "zlib", "zstd-8mb"})
  private String encoding = "";

  private final byte[] text = SampleData.text(LENGTH);
  private final ByteBuffer output = ByteBuffer.allocate(2 * LENGTH);
  private byte[] encoded = {};

  /** Encodes the text once. */
  @Setup
  public void prepare() {
    ByteBuffer bytes = encode();
    encoded = new byte[bytes.remaining()];
    bytes.get(encoded);
  }

  private ContentEncoding encoding() {
    return Objects.requireNonNull(ContentEncodings.standard().find(encoding));
  }

  /** By this project. */
  @Benchmark
  public ByteBuffer encode() {
    output.clear();
    try (ContentEncoder encoder = encoding().newEncoder()) {
      for (int at = 0; at < LENGTH; at += PIECE) {
        encoder.encode(ByteBuffer.wrap(text, at, PIECE), output);
      }
      if (!encoder.flush(output)) {
        throw new IllegalStateException("the output buffer is large enough");
      }
    }
    return output.flip();
  }

  /** By the library underneath. */
  @Benchmark
  public Object encodeByBareLibrary() {
    switch (encoding) {
      case "zlib" -> {
        Deflater deflater = new Deflater();
        deflater.setInput(text);
        deflater.finish();
        deflater.deflate(output.array());
        deflater.end();
        return output;
      }
      case "zstd-8mb" -> {
        return Zstd.compress(text, ZSTD_LEVEL);
      }
      default -> {
        return text.clone();
      }
    }
  }

  /** By this project. */
  @Benchmark
  public void decode(Blackhole blackhole) {
    try (ContentDecoder decoder = encoding().newDecoder(WireLimits.defaults())) {
      for (int at = 0; at < encoded.length; at += PIECE) {
        decoder.feed(ByteBuffer.wrap(encoded, at, Math.min(PIECE, encoded.length - at)));
        for (ByteBuffer slice = decoder.poll(); slice != null; slice = decoder.poll()) {
          blackhole.consume(slice);
        }
      }
    }
  }

  /** By the library underneath. */
  @Benchmark
  public Object decodeByBareLibrary() throws DataFormatException {
    switch (encoding) {
      case "zlib" -> {
        Inflater inflater = new Inflater();
        inflater.setInput(encoded);
        inflater.inflate(output.array());
        inflater.end();
        return output;
      }
      case "zstd-8mb" -> {
        // Flushed output has no end, so it is read as one frame in a stream.
        ByteBuffer target = ByteBuffer.allocateDirect(LENGTH);
        ByteBuffer source = ByteBuffer.allocateDirect(encoded.length).put(encoded).flip();
        try (var context = new ZstdDecompressCtx()) {
          context.decompressDirectByteBufferStream(target, source);
        }
        return target;
      }
      default -> {
        return encoded.clone();
      }
    }
  }
}
