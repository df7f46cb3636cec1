// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.bundle;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.zip.Deflater;
import org.hgwire.core.encoding.ZstdLibrary;

/** Compresses the body of a bundle as one complete stream, and passes it on. */
abstract class Compressor implements Consumer<ByteBuffer> {
  private static final int ROOM = 32 * 1024;
  private static final byte[] NO_BYTES = {};
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Consumer<ByteBuffer> target;

  private Compressor(Consumer<ByteBuffer> target) {
    this.target = target;
  }

  /**
   * Returns a compressor.
   *
   * @throws IllegalArgumentException if {@code compression} is BZIP2
   * @throws UnsupportedOperationException if it is ZSTD, whose library cannot be loaded
   */
  static Compressor of(BundleCompression compression, Consumer<ByteBuffer> target) {
    return switch (compression) {
      case NONE -> new None(target);
      case ZLIB -> new Zlib(target);
      case ZSTD -> new Zstd(target);
      case BZIP2 -> throw new IllegalArgumentException("bzip2 is not written");
    };
  }

  /** Compresses the remaining bytes of {@code bytes}, which must have an accessible array. */
  @Override
  public abstract void accept(ByteBuffer bytes);

  /** Ends the compressed stream. */
  abstract void finish();

  /** Frees the compressor. Further calls have no effect. */
  abstract void free();

  final void pass(ByteBuffer bytes) {
    if (bytes.hasRemaining()) {
      target.accept(bytes.asReadOnlyBuffer());
    }
  }

  private static final class None extends Compressor {
    None(Consumer<ByteBuffer> target) {
      super(target);
    }

    @Override
    public void accept(ByteBuffer bytes) {
      pass(bytes);
    }

    @Override
    void finish() {}

    @Override
    void free() {}
  }

  private static final class Zlib extends Compressor {
    private final Deflater deflater = new Deflater();
    private final ByteBuffer room = ByteBuffer.allocate(ROOM);

    Zlib(Consumer<ByteBuffer> target) {
      super(target);
    }

    @Override
    public void accept(ByteBuffer bytes) {
      deflater.setInput(bytes);
      while (!deflater.needsInput()) {
        deflate();
      }
      // The caller reuses the buffer, so the deflater must not keep a reference to it.
      deflater.setInput(NO_BYTES);
    }

    @Override
    void finish() {
      deflater.finish();
      while (!deflater.finished()) {
        deflate();
      }
    }

    private void deflate() {
      deflater.deflate(room.clear());
      pass(room.flip());
    }

    @Override
    void free() {
      deflater.end();
    }
  }

  private static final class Zstd extends Compressor {
    private final ZstdCompressCtx context;
    private final ByteBuffer room = ByteBuffer.allocate(ROOM);

    Zstd(Consumer<ByteBuffer> target) {
      super(target);
      ZstdLibrary.problem()
          .ifPresent(
              problem -> {
                throw new UnsupportedOperationException(problem);
              });
      context = new ZstdCompressCtx();
    }

    @Override
    public void accept(ByteBuffer bytes) {
      while (bytes.hasRemaining()) {
        context.compressByteBufferStream(room.clear(), bytes, EndDirective.CONTINUE);
        pass(room.flip());
      }
    }

    @Override
    void finish() {
      boolean finished = false;
      while (!finished) {
        finished = context.compressByteBufferStream(room.clear(), NOTHING, EndDirective.END);
        pass(room.flip());
      }
    }

    @Override
    void free() {
      context.close();
    }
  }
}
