// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A content host whose body blocks until it is cancelled. */
record Stalling(CountDownLatch waiting, CountDownLatch cancelled) implements ContentFetcher {
  @Override
  public ContentResponse fetch(ContentRequest request) {
    return new ContentResponse() {
      @Override
      public int status() {
        return 200;
      }

      @Override
      public @Nullable String header(String name) {
        return null;
      }

      @Override
      public InputStream body() {
        return new InputStream() {
          @Override
          public int read() throws IOException {
            waiting.countDown();
            try {
              cancelled.await();
            } catch (InterruptedException e) {
              throw new InterruptedIOException("interrupted");
            }
            throw new IOException("cancelled");
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            return read();
          }
        };
      }

      @Override
      public void cancel() {
        cancelled.countDown();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void close() {}
}
