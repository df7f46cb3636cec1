// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.encoding;

import java.nio.ByteBuffer;
import org.hgwire.core.WireLimit;
import org.hgwire.core.WireLimits;
import org.jspecify.annotations.Nullable;

/**
 * The {@code identity} profile: "the encoded bytes are exactly the input bytes" (wireprotocolrpc,
 * Content Encoding Profiles). The decoder copies nothing and the encoder buffers nothing.
 */
public final class IdentityEncoding implements ContentEncoding {
  /** The name on the wire. */
  public static final String NAME = "identity";

  /** Makes the encoding. */
  public IdentityEncoding() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public long encoderBytes() {
    return 0;
  }

  @Override
  public long decoderBytes(WireLimits limits) {
    return 0;
  }

  @Override
  public ContentEncoder newEncoder() {
    return new Encoder();
  }

  @Override
  public ContentDecoder newDecoder(WireLimits limits) {
    return new Decoder(limits.intOf(WireLimit.MAX_DECODED_SLICE));
  }

  private static final class Encoder implements ContentEncoder {
    private boolean closed;

    @Override
    public void encode(ByteBuffer input, ByteBuffer output) {
      requireOpen(closed);
      int count = Math.min(input.remaining(), output.remaining());
      output.put(output.position(), input, input.position(), count);
      input.position(input.position() + count);
      output.position(output.position() + count);
    }

    @Override
    public boolean flush(ByteBuffer output) {
      requireOpen(closed);
      return true;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static final class Decoder implements ContentDecoder {
    private final int maxSlice;
    private ByteBuffer input = ByteBuffer.allocate(0);
    private boolean closed;

    Decoder(int maxSlice) {
      this.maxSlice = maxSlice;
    }

    @Override
    public void feed(ByteBuffer encoded) {
      requireOpen(closed);
      if (input.hasRemaining()) {
        throw new IllegalStateException("input is left: call poll() until it returns null");
      }
      input = encoded.asReadOnlyBuffer();
    }

    @Override
    public @Nullable ByteBuffer poll() {
      requireOpen(closed);
      if (!input.hasRemaining()) {
        return null;
      }
      int count = Math.min(input.remaining(), maxSlice);
      ByteBuffer slice = input.slice(input.position(), count);
      input.position(input.position() + count);
      return slice;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static void requireOpen(boolean closed) {
    if (closed) {
      throw new IllegalStateException("the content codec is closed");
    }
  }
}
