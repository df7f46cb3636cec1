// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import org.hgwire.client.HttpTransport;

/** Sends a request again and again until there is a response. */
final class Again implements ClientFault {
  private static final int PAUSE_MILLIS = 50;

  @Override
  public HttpTransport.Response exchange(HttpTransport.Request request, HttpTransport sound)
      throws IOException {
    while (true) {
      try {
        return sound.send(request);
      } catch (IOException noResponse) {
        pause();
      }
    }
  }

  private static void pause() throws InterruptedIOException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the client was ended");
    }
  }
}
