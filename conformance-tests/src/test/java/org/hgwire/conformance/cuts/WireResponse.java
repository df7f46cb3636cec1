// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cuts;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import org.hgwire.client.HttpTransport;
import org.hgwire.server.http.HttpFields;
import org.jspecify.annotations.Nullable;

/**
 * A response as a client of {@link MemoryWire} gets it.
 *
 * @param body its body, cut or not
 */
record WireResponse(int status, HttpFields fields, InputStream body)
    implements HttpTransport.Response {
  /** Returns the response whose connection is lost at the end of {@code sent}. */
  static WireResponse lost(int status, HttpFields fields, InputStream sent) {
    return new WireResponse(status, fields, new LostStream(sent));
  }

  @Override
  public @Nullable String header(String name) {
    return fields.first(name);
  }

  @Override
  public List<String> headers(String name) {
    return fields.all(name);
  }

  @Override
  public void readTimeout(Duration timeout) {}

  @Override
  public void cancel() {}

  @Override
  public void close() {}

  private static final class LostStream extends FilterInputStream {
    LostStream(InputStream sent) {
      super(sent);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = super.read(target, offset, length);
      if (read < 0) {
        throw new EOFException("the body is shorter than its length says");
      }
      return read;
    }
  }
}
