// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import java.io.IOException;
import java.io.InputStream;

/** The input of a socket, which a meter watches. */
final class MeteredInput extends InputStream {
  private final InputStream input;
  private final ConnectionMeter meter;

  MeteredInput(InputStream input, ConnectionMeter meter) {
    this.input = input;
    this.meter = meter;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count;
    try {
      count = input.read(bytes, offset, length);
    } catch (IOException e) {
      throw meter.failure(e);
    }
    if (count > 0) {
      meter.received(bytes, offset, count);
    }
    return count;
  }

  @Override
  public int available() throws IOException {
    return input.available();
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
