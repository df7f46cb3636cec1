// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborEncoder;
import org.hgwire.server.command.ObjectSource;
import org.hgwire.server.command.ResponseObject;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encodes the objects of a running command, a slice at a time. Short objects share a slice: what
 * follows, framing and compression, costs more for each slice than a short object does.
 */
final class ObjectEncoder implements EncodedObjects {
  private static final Logger LOG = LoggerFactory.getLogger(ObjectEncoder.class);

  /** At most this many bytes are returned, and read from a stream, at a time. */
  static final int MAX_SLICE_BYTES = 32 * 1024;

  /** A slice with so many bytes gets no further object. */
  private static final int FULL_SLICE_BYTES = 16 * 1024;

  /** A slice gets no further object after this time: what is made slowly is sent as it is made. */
  private static final long MAX_SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private static final long INDEFINITE = -1;

  private final String command;
  private final ObjectSource objects;
  private final CborEncoder encoder = new CborEncoder();
  private ByteBuffer encoded = ByteBuffer.allocate(0);
  private @Nullable InputStream content;
  private long remaining;
  private byte @Nullable [] chunk;
  private long count;

  /** What the command failed with after the objects that the last slice has. */
  private @Nullable Exception failure;

  /** Whether the next object was not ready when the last slice was made. */
  private boolean paused;

  private boolean ended;
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
    if (slice != null) {
      return slice;
    }
    throwFailure();
    if (paused) {
      paused = false;
      return EncodedObjects.notYet();
    }
    if (ended) {
      return null;
    }
    paused = !encodeObjects();
    encoded = encoder.take();
    slice = nextSlice();
    return slice == null && paused ? next() : slice;
  }

  /** Encodes the objects of the next slice; returns false if there are more that are not ready. */
  private boolean encodeObjects() throws IOException {
    long begun = System.nanoTime();
    while (content == null
        && encoder.size() < FULL_SLICE_BYTES
        && (encoder.size() == 0 || System.nanoTime() - begun < MAX_SLICE_NANOS)) {
      ResponseObject object = nextOrFailure();
      if (object == null || object instanceof ResponseObject.NotYet) {
        ended = object == null && failure == null;
        return object == null;
      }
      count++;
      begin(object);
    }
    return true;
  }

  /** Returns the next object; null at the end, or if the command failed after other objects. */
  private @Nullable ResponseObject nextOrFailure() throws IOException {
    try {
      return nextObject();
    } catch (IOException | RuntimeException e) {
      if (encoder.size() == 0) {
        throw e;
      }
      failure = e;
      return null;
    }
  }

  private void throwFailure() throws IOException {
    if (failure instanceof IOException unreadable) {
      throw unreadable;
    }
    if (failure instanceof RuntimeException refused) {
      throw refused;
    }
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
      encoder.value(value.value());
    } else if (object instanceof ResponseObject.DefiniteBytes bytes) {
      content = bytes.content();
      remaining = bytes.length();
      encoder.bytesHead(bytes.length());
    } else if (object instanceof ResponseObject.IndefiniteBytes bytes) {
      content = bytes.content();
      remaining = INDEFINITE;
      encoder.indefiniteBytesStart();
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
