// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.Handshake;
import okio.AsyncTimeout;
import org.jspecify.annotations.Nullable;

/**
 * Ends a call whose TLS handshake takes longer than the connect timeout: OkHttp applies the read
 * timeout to a handshake.
 */
final class HandshakeTimer extends AsyncTimeout {
  /** Starts and stops the timer that a call carries. */
  static final EventListener EVENTS =
      new EventListener() {
        @Override
        public void secureConnectStart(Call call) {
          HandshakeTimer timer = call.request().tag(HandshakeTimer.class);
          if (timer != null) {
            timer.enter();
          }
        }

        @Override
        public void secureConnectEnd(Call call, @Nullable Handshake handshake) {
          stop(call);
        }

        @Override
        public void connectionAcquired(Call call, Connection connection) {
          stop(call);
        }

        @Override
        public void callFailed(Call call, java.io.IOException e) {
          stop(call);
        }

        private static void stop(Call call) {
          HandshakeTimer timer = call.request().tag(HandshakeTimer.class);
          if (timer != null) {
            timer.exit();
          }
        }
      };

  private volatile @Nullable Call watched;
  private volatile boolean expired;

  HandshakeTimer(long millis) {
    timeout(millis, TimeUnit.MILLISECONDS);
  }

  void watch(Call call) {
    watched = call;
  }

  boolean expired() {
    return expired;
  }

  @Override
  protected void timedOut() {
    expired = true;
    Call call = watched;
    if (call != null) {
      call.cancel();
    }
  }
}
