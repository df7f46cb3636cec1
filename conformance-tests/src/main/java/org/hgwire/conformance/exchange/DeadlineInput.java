// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/** What a socket receives until a deadline, after which reading fails however much still comes. */
final class DeadlineInput extends InputStream {
  private final Socket socket;
  private final InputStream input;
  private final long deadline;

  DeadlineInput(Socket socket, long deadline) throws IOException {
    this.socket = socket;
    this.deadline = deadline;
    input = socket.getInputStream();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    if (left <= 0) {
      throw new SocketTimeoutException("no whole response came in time");
    }
    socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
    return input.read(target, offset, length);
  }
}
