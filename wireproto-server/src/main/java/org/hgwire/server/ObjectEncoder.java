// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireProtocolException;
import org.hgwire.server.command.ObjectSource;
import org.hgwire.server.command.ResponseObject;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The encoded objects of a command that is running. */
final class ObjectEncoder implements EncodedObjects {
  private static final Logger LOG = LoggerFactory.getLogger(ObjectEncoder.class);

  private final ByteString command;
  private final ObjectSource objects;
  private final ObjectBytes bytes = new ObjectBytes();
  private boolean closed;

  /** Makes the encoding of {@code objects}, of which it takes possession. */
  ObjectEncoder(ByteString command, ObjectSource objects) {
    this.command = command;
    this.objects = objects;
  }

  @Override
  public @Nullable ByteBuffer next() throws IOException {
    ByteBuffer slice = bytes.next();
    while (slice == null) {
      ResponseObject object = nextObject();
      if (object == null) {
        return null;
      }
      bytes.take(object);
      slice = bytes.next();
    }
    return slice;
  }

  private @Nullable ResponseObject nextObject() throws IOException {
    try {
      return objects.next();
    } catch (WireProtocolException unreadable) {
      // The request was read when the command began: what cannot be read now is the repository.
      throw new IOException("an object cannot be made", unreadable);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      bytes.close();
    } catch (IOException | RuntimeException failure) {
      LOG.warn("the stream of an object of {} cannot be closed", command, failure);
    }
    try {
      objects.close();
    } catch (RuntimeException failure) {
      LOG.warn("the objects of {} cannot be closed", command, failure);
    }
  }
}
