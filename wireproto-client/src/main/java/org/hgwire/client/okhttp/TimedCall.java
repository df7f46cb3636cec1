// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** A call with deadlines for the TLS handshake and for the head of the response. */
final class TimedCall {
  private final Call call;
  private final HandshakeTimer handshake;
  private final Deadline head;

  /**
   * Makes a call.
   *
   * @param patience how long it may take until the head of the response is complete, connection
   *     included
   */
  TimedCall(OkHttpClient client, Request.Builder request, Duration patience) {
    handshake = new HandshakeTimer(client.connectTimeoutMillis());
    call = client.newCall(request.tag(HandshakeTimer.class, handshake).build());
    handshake.watch(call);
    head = new Deadline(patience, call::cancel);
  }

  /** Returns the call, to be cancelled. */
  Call call() {
    return call;
  }

  /** Returns the URL of the request. */
  HttpUrl url() {
    return call.request().url();
  }

  /** Sends the request and waits for the head of the response. */
  Response execute() throws IOException {
    head.start();
    try {
      return call.execute();
    } catch (IOException e) {
      if (handshake.expired()) {
        throw timeout("the TLS handshake took too long", e);
      }
      throw head.hasExpired() ? timeout("the head of the response took too long", e) : e;
    } finally {
      head.stop();
    }
  }

  private static IOException timeout(String message, IOException cause) {
    return (IOException) new SocketTimeoutException(message).initCause(cause);
  }
}
