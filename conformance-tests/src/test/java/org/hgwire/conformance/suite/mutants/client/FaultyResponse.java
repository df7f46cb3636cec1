// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import org.hgwire.client.HttpTransport;
import org.jspecify.annotations.Nullable;

/** A response as our client gets it. */
final class FaultyResponse implements HttpTransport.Response {
  private final ReceivedResponse received;
  private final InputStream body;

  FaultyResponse(ReceivedResponse received) {
    this.received = received;
    InputStream whole = new ByteArrayInputStream(received.bytes().toByteArray());
    IOException cut = received.cut();
    body = cut == null ? whole : new SequenceInputStream(whole, new CutStream(cut));
  }

  @Override
  public int status() {
    return received.status();
  }

  @Override
  public @Nullable String header(String name) {
    if (!name.equalsIgnoreCase("Content-Type")) {
      return received.head().header(name);
    }
    return received.type().isEmpty() ? null : received.type();
  }

  @Override
  public InputStream body() {
    return body;
  }

  @Override
  public void readTimeout(Duration timeout) {}

  @Override
  public void cancel() {
    received.head().cancel();
  }

  @Override
  public void close() {
    received.head().close();
  }

  /** Fails. */
  private static final class CutStream extends InputStream {
    private final IOException cut;

    CutStream(IOException cut) {
      this.cut = cut;
    }

    @Override
    public int read() throws IOException {
      throw cut;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      throw cut;
    }
  }
}
