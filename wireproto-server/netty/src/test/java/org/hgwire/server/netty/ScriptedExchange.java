// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.netty;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.hgwire.server.http.HttpExchange;
import org.hgwire.server.http.HttpFields;
import org.hgwire.server.http.ResponseHead;
import org.jspecify.annotations.Nullable;

/** An exchange that does what a test says and remembers what was done to it. */
final class ScriptedExchange implements HttpExchange {
  final List<String> received = new ArrayList<>();
  boolean wantsBody;
  boolean bodyEnded;
  boolean closed;
  int pulled;
  long receivedBytes;
  private final int buffers;
  private final byte[] buffer;
  private final boolean lengthKnown;

  /** Answers, when the body has ended if it wants one, with so many buffers. */
  ScriptedExchange(boolean wantsBody, int buffers, byte[] buffer, boolean lengthKnown) {
    this.wantsBody = wantsBody;
    this.buffers = buffers;
    this.buffer = buffer;
    this.lengthKnown = lengthKnown;
  }

  static ScriptedExchange text(String text) {
    return new ScriptedExchange(false, 1, text.getBytes(StandardCharsets.UTF_8), true);
  }

  static ScriptedExchange afterBody(String text) {
    return new ScriptedExchange(true, 1, text.getBytes(StandardCharsets.UTF_8), true);
  }

  static ScriptedExchange endless() {
    return new ScriptedExchange(false, Integer.MAX_VALUE, new byte[32 * 1024], false);
  }

  @Override
  public boolean wantsInput() {
    return wantsBody && !bodyEnded;
  }

  @Override
  public void receive(ByteBuffer data) {
    receivedBytes += data.remaining();
    received.add(StandardCharsets.UTF_8.decode(data).toString());
  }

  @Override
  public void endOfInput() {
    bodyEnded = true;
  }

  @Override
  public @Nullable ResponseHead responseHead() {
    if (wantsBody && !bodyEnded) {
      return null;
    }
    return new ResponseHead(
        200,
        HttpFields.of("Content-Type", "text/plain"),
        lengthKnown ? OptionalLong.of((long) buffers * buffer.length) : OptionalLong.empty());
  }

  @Override
  public @Nullable ByteBuffer nextOutput() {
    if (pulled == buffers) {
      return null;
    }
    pulled++;
    return ByteBuffer.wrap(buffer);
  }

  @Override
  public boolean finished() {
    return pulled == buffers;
  }

  @Override
  public void close() {
    closed = true;
  }
}
