// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.server.command.ObjectSource;
import org.hgwire.server.command.ResponseObject;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Encodes the objects of a running command, a slice at a time. */
final class ObjectEncoder implements EncodedObjects {
  private static final Logger LOG = LoggerFactory.getLogger(ObjectEncoder.class);

  /** At most this many bytes are returned, and read from a stream, at a time. */
  static final int MAX_SLICE_BYTES = 32 * 1024;

  private static final long INDEFINITE = -1;

  private final String command;
  private final ObjectSource objects;
  private final CborEncoder encoder = new CborEncoder();
  private ByteBuffer encoded = ByteBuffer.allocate(0);
  private @Nullable InputStream content;
  private long remaining;
  private byte @Nullable [] chunk;
  private long count;
  private boolean closed;

  /**
   * Makes the encoding of the objects of a command.
   *
   * @param command its name, for the log
   * @param objects closed with this
   */
  ObjectEncoder(String command, ObjectSource objects) {
    this.command = command;
    this.objects = objects;
  }

  @Override
  public @Nullable ByteBuffer next() throws IOException {
    ByteBuffer slice = nextSlice();
    while (slice == null) {
      ResponseObject object = nextObject();
      if (object == null) {
        return null;
      }
      if (object instanceof ResponseObject.NotYet) {
        return EncodedObjects.notYet();
      }
      count++;
      begin(object);
      slice = nextSlice();
    }
    return slice;
  }

  @Override
  public OptionalLong objectCount() {
    return OptionalLong.of(count);
  }

  private @Nullable ResponseObject nextObject() throws IOException {
    try {
      return objects.next();
    } catch (WireProtocolException unreadable) {
      // The request was read before the command began: here it is the repository that is malformed.
      throw new IOException("an object of the response cannot be read", unreadable);
    }
  }

  private void begin(ResponseObject object) {
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

  /** Returns the next bytes of the current object, or null at its end. */
  private @Nullable ByteBuffer nextSlice() throws IOException {
    if (encoded.hasRemaining()) {
      int size = Math.min(MAX_SLICE_BYTES, encoded.remaining());
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
        throw new IOException("a stream has more bytes than its declared length");
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
      buffer = new byte[MAX_SLICE_BYTES];
      chunk = buffer;
    }
    return buffer;
  }

  private void endContent(InputStream stream) throws IOException {
    content = null;
    stream.close();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      InputStream stream = content;
      if (stream != null) {
        endContent(stream);
      }
    } catch (IOException | RuntimeException failure) {
      LOG.warn("a stream in the response of {} cannot be closed", command, failure);
    }
    try {
      objects.close();
    } catch (RuntimeException failure) {
      LOG.warn("the objects of {} cannot be closed", command, failure);
    }
  }
}
