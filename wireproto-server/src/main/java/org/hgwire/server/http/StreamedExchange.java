// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.hgwire.core.encoding.StreamEncoder;
import org.hgwire.server.bundle.ByteSource;
import org.jspecify.annotations.Nullable;

/**
 * An exchange whose response is a stream, made and compressed as it is pulled. It holds one buffer,
 * and an encoder if the stream is longer than {@value #SHORT} bytes.
 */
final class StreamedExchange implements ResponseOnlyExchange {
  private static final int BUFFER_BYTES = 32 * 1024;
  private static final ByteBuffer NOTHING_YET = ByteBuffer.allocate(0).asReadOnlyBuffer();

  /** So much is sent sooner than an encoder is made for it. */
  private static final int SHORT = 4 * 1024;

  /** A call of {@link #nextOutput} works no longer: a client that has gone is noticed between. */
  private static final long MAX_TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final ResponseHead head;
  private final ByteSource source;
  private final Function<Boolean, StreamCompression.Coding> codings;

  /** The first bytes of the stream, until it is known whether it is short. */
  private @Nullable ByteArrayOutputStream beginning = new ByteArrayOutputStream();

  private ByteBuffer input = ByteBuffer.allocate(0);
  private @Nullable StreamEncoder encoder;
  private boolean ended;
  private boolean finished;
  private boolean closed;

  /**
   * Makes an exchange.
   *
   * @param source the stream; closed with this
   * @param codings chooses how it is sent, when it is known whether it is long
   */
  StreamedExchange(
      ResponseHead head, ByteSource source, Function<Boolean, StreamCompression.Coding> codings) {
    this.head = head;
    this.source = source;
    this.codings = codings;
  }

  @Override
  public ResponseHead responseHead() {
    return head;
  }

  @Override
  public @Nullable ByteBuffer nextOutput() throws IOException {
    if (finished || closed) {
      return null;
    }
    long begun = System.nanoTime();
    ByteBuffer output = ByteBuffer.allocate(BUFFER_BYTES);
    boolean more = true;
    while (more && System.nanoTime() - begun < MAX_TURN_NANOS) {
      more = fill(output);
    }
    if (output.position() == 0) {
      return finished ? null : NOTHING_YET;
    }
    return output.flip();
  }

  /** Returns whether there is room for more, and perhaps more. */
  private boolean fill(ByteBuffer output) throws IOException {
    if (!input.hasRemaining() && !ended) {
      ByteBuffer next = source.next();
      ended = next == null;
      if (next != null && !next.hasRemaining()) {
        return false;
      }
      input = next == null ? input : next;
    }
    ByteArrayOutputStream collected = beginning;
    if (collected != null) {
      begin(collected, output);
      return true;
    }
    write(output);
    if (ended && !input.hasRemaining()) {
      finished = encoder == null || encoder.finish(output);
    }
    return !finished && !input.hasRemaining();
  }

  /** Collects the beginning of the stream until it is long or ends. */
  private void begin(ByteArrayOutputStream collected, ByteBuffer output) {
    byte[] bytes = new byte[input.remaining()];
    input.get(bytes);
    collected.writeBytes(bytes);
    if (ended || collected.size() > SHORT) {
      beginning = null;
      input = ByteBuffer.wrap(collected.toByteArray());
      StreamCompression.Coding coding = codings.apply(collected.size() > SHORT);
      encoder = coding.encoder();
      coding.head().putTo(output);
    }
  }

  private void write(ByteBuffer output) {
    if (encoder != null) {
      encoder.encode(input, output);
      return;
    }
    int count = Math.min(input.remaining(), output.remaining());
    output.put(output.position(), input, input.position(), count);
    output.position(output.position() + count);
    input.position(input.position() + count);
  }

  @Override
  public void pause() {
    if (encoder != null && !closed) {
      encoder.release();
    }
  }

  @Override
  public boolean finished() {
    return finished;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      source.close();
    } finally {
      if (encoder != null) {
        encoder.close();
      }
    }
  }
}
