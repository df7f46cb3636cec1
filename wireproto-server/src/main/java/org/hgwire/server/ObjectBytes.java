// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.server.command.ResponseObject;
import org.jspecify.annotations.Nullable;

/** Encodes the objects of one response, a slice at a time. */
final class ObjectBytes implements AutoCloseable {
  /** At most this many bytes are given out, and read from a stream, at a time. */
  static final int SLICE = 32 * 1024;

  private static final long INDEFINITE = -1;

  private final CborEncoder encoder = new CborEncoder();
  private ByteBuffer encoded = ByteBuffer.allocate(0);
  private @Nullable InputStream content;
  private long remaining;
  private byte @Nullable [] chunk;

  /** Takes the next object; {@link #next} has returned null before. */
  void take(ResponseObject object) {
    if (object instanceof ResponseObject.Value value) {
      encoded = encoder.value(value.value()).take();
    } else if (object instanceof ResponseObject.DefiniteBytes bytes) {
      content = bytes.content();
      remaining = bytes.length();
      encoded = encoder.bytesHead(bytes.length()).take();
    } else if (object instanceof ResponseObject.IndefiniteBytes bytes) {
      content = bytes.content();
      remaining = INDEFINITE;
      encoded = encoder.indefiniteBytesStart().take();
    }
  }

  /**
   * Returns the next bytes of the object, or null at its end. Valid until the next call.
   *
   * @throws IOException if its stream cannot be read, or gives more or fewer bytes than was said
   */
  @Nullable ByteBuffer next() throws IOException {
    if (encoded.hasRemaining()) {
      int size = Math.min(SLICE, encoded.remaining());
      ByteBuffer slice = encoded.slice(encoded.position(), size);
      encoded.position(encoded.position() + size);
      return slice;
    }
    InputStream stream = content;
    if (stream == null) {
      return null;
    }
    return remaining == INDEFINITE ? nextChunk(stream) : nextOfDefinite(stream);
  }

  private @Nullable ByteBuffer nextOfDefinite(InputStream stream) throws IOException {
    byte[] buffer = chunk();
    if (remaining == 0) {
      if (stream.read(buffer, 0, 1) > 0) {
        throw new IOException("a stream gives more bytes than its declared length");
      }
      endContent(stream);
      return null;
    }
    int read = stream.read(buffer, 0, (int) Math.min(buffer.length, remaining));
    if (read < 0) {
      throw new IOException("a stream ends " + remaining + " bytes before its declared length");
    }
    remaining -= read;
    return ByteBuffer.wrap(buffer, 0, read);
  }

  private ByteBuffer nextChunk(InputStream stream) throws IOException {
    byte[] buffer = chunk();
    int read = stream.readNBytes(buffer, 0, buffer.length);
    if (read == 0) {
      endContent(stream);
      return encoder.indefiniteBytesEnd().take();
    }
    return encoder.bytesHead(read).raw(ByteBuffer.wrap(buffer, 0, read)).take();
  }

  private byte[] chunk() {
    byte[] buffer = chunk;
    if (buffer == null) {
      buffer = new byte[SLICE];
      chunk = buffer;
    }
    return buffer;
  }

  private void endContent(InputStream stream) throws IOException {
    content = null;
    stream.close();
  }

  /** Closes the stream that is being read, if any. */
  @Override
  public void close() throws IOException {
    InputStream stream = content;
    if (stream != null) {
      endContent(stream);
    }
  }
}
