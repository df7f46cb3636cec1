// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.encoding;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.zip.Adler32;
import org.jspecify.annotations.Nullable;

/**
 * Writes one complete compressed stream, as responses of version 1 of the protocol have it, with or
 * without an encoder: what is written when there is no memory for one, or after it was let go, is
 * stored in the same stream as it is.
 *
 * <p>The encoder is made from the first bytes on, and taken from a pool. After {@link #close} every
 * call throws an {@link IllegalStateException}. Not safe for use by several threads.
 */
public final class StreamEncoder implements AutoCloseable {
  /** What the head of a stored block and the end of a stream need at most, and some more. */
  private static final int HEADROOM = 16;

  private static final int FLUSHED_AT_ONCE = 8 * 1024;

  private final StoredBlocks format;
  private final @Nullable Adler32 checksum;
  private @Nullable ContentEncoder encoder;
  private ByteBuffer pending = ByteBuffer.allocate(0);
  private boolean begun;
  private boolean ending;
  private boolean closed;

  private StreamEncoder(StoredBlocks format, @Nullable ContentEncoder encoder) {
    this.format = format;
    this.encoder = encoder;
    this.checksum = format == StoredBlocks.ZLIB ? new Adler32() : null;
  }

  /**
   * Returns whether complete streams can be written with an encoding: with those of zlib and zstd.
   */
  public static boolean supports(ContentEncoding encoding) {
    return StoredBlocks.of(encoding) != null;
  }

  /**
   * Begins a stream with an encoder, or returns null if {@code encoders} has no memory for it.
   *
   * @throws IllegalArgumentException if the encoding is not {@linkplain #supports supported}
   */
  public static @Nullable StreamEncoder open(ContentEncoding encoding, EncoderPool encoders) {
    StoredBlocks format = require(encoding);
    ContentEncoder encoder = encoders.take(encoding);
    return encoder == null ? null : new StreamEncoder(format, encoder);
  }

  /**
   * Begins a stream in which everything is stored: it needs no memory.
   *
   * @throws IllegalArgumentException if the encoding is not {@linkplain #supports supported}
   */
  public static StreamEncoder storing(ContentEncoding encoding) {
    return new StreamEncoder(require(encoding), null);
  }

  private static StoredBlocks require(ContentEncoding encoding) {
    StoredBlocks format = StoredBlocks.of(encoding);
    if (format == null) {
      throw new IllegalArgumentException(encoding.name() + " has no complete streams");
    }
    return format;
  }

  /**
   * Encodes {@code input} into {@code output}, which needs room for some 16 bytes, until there is
   * no input or too little room; the positions of both move. The encoder may buffer input.
   */
  public void encode(ByteBuffer input, ByteBuffer output) {
    requireOpen();
    drain(output);
    while (input.hasRemaining() && output.remaining() > HEADROOM && !pending.hasRemaining()) {
      ByteBuffer encoded = input.duplicate();
      ContentEncoder open = encoder;
      if (open != null) {
        begun = true;
        open.encode(input, output);
      } else {
        begin(output);
        format.store(input, output);
      }
      if (checksum != null) {
        checksum.update(encoded.limit(input.position()));
      }
    }
  }

  /**
   * Ends the stream.
   *
   * @return whether everything is written; if not, call again with more room
   */
  public boolean finish(ByteBuffer output) {
    requireOpen();
    if (!ending) {
      ending = true;
      release();
      ByteBuffer tail = ByteBuffer.allocate(pending.remaining() + 3 * HEADROOM);
      tail.put(pending);
      begin(tail);
      format.end(checksum == null ? 0 : checksum.getValue(), tail);
      pending = tail.flip();
    }
    drain(output);
    return !pending.hasRemaining();
  }

  /** Frees the encoder, if there is one; what follows is stored. */
  public void release() {
    ContentEncoder open = encoder;
    if (open == null) {
      return;
    }
    ByteArrayOutputStream flushed = new ByteArrayOutputStream();
    flushed.write(pending.array(), pending.position(), pending.remaining());
    ByteBuffer room = ByteBuffer.allocate(FLUSHED_AT_ONCE);
    boolean done = false;
    while (!done) {
      done = open.flush(room.clear());
      flushed.write(room.array(), 0, room.position());
    }
    pending = ByteBuffer.wrap(flushed.toByteArray());
    free();
  }

  private void begin(ByteBuffer output) {
    if (!begun) {
      begun = true;
      format.begin(output);
    }
  }

  private void drain(ByteBuffer output) {
    int count = Math.min(pending.remaining(), output.remaining());
    output.put(output.position(), pending, pending.position(), count);
    output.position(output.position() + count);
    pending.position(pending.position() + count);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the stream is closed");
    }
  }

  private void free() {
    ContentEncoder open = encoder;
    encoder = null;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void close() {
    closed = true;
    free();
  }
}
