// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.hgwire.core.ByteBudget;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.reactor.HeldBytes;
import org.hgwire.server.version1.MalformedArgumentsException;

/**
 * The arguments that the body of a request begins with. What it holds grows with what was received,
 * and is taken from the budget of the server.
 */
final class PostedArguments implements AutoCloseable {
  /** The form, what is decoded of it, and what the command makes of that. */
  private static final int COPIES = 3;

  private static final int FIRST_BYTES = 4 * 1024;

  private final int length;
  private final HeldBytes held;
  private byte[] form;
  private int received;

  /**
   * Makes arguments of which nothing was received.
   *
   * @param length how many bytes of the body they are
   */
  PostedArguments(int length, ByteBudget budget) {
    this.length = length;
    this.held = new HeldBytes(budget);
    this.form = new byte[Math.min(length, FIRST_BYTES)];
  }

  /** Returns whether all of them were received. */
  boolean isComplete() {
    return received == length;
  }

  /**
   * Receives a piece of the body; what follows the arguments is ignored.
   *
   * @throws WireProtocolException if there is no memory for it now
   */
  void receive(ByteBuffer data) {
    int count = Math.min(data.remaining(), length - received);
    held.add((long) COPIES * count);
    if (received + count > form.length) {
      form =
          Arrays.copyOf(form, (int) Math.min(length, Math.max(2L * form.length, received + count)));
    }
    data.get(form, received, count);
    received += count;
    data.position(data.limit());
  }

  /**
   * Returns the form and forgets it.
   *
   * @throws MalformedArgumentsException if the body ended before
   */
  ByteBuffer take() {
    if (!isComplete()) {
      throw new MalformedArgumentsException(
          "the body ends after " + received + " of " + length + " bytes of arguments");
    }
    ByteBuffer whole = ByteBuffer.wrap(form);
    form = new byte[0];
    return whole;
  }

  /** Gives back what is held; called when the response is complete, or before. */
  @Override
  public void close() {
    held.close();
  }
}
