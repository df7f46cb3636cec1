// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import java.io.IOException;
import java.util.Objects;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Okio;

/** Tells the meter of a connection when an exchange begins, and which bytes are its body. */
final class MeteredExchange implements Interceptor {
  private MeteredExchange() {}

  /** Returns {@code client} with meters on its connections. */
  static OkHttpClient on(OkHttpClient client, MeterRules rules) {
    OkHttpClient.Builder builder = client.newBuilder();
    builder.socketFactory(new MeteredSockets(client.socketFactory(), rules));
    if (client.connectionSpecs().stream().anyMatch(spec -> spec.isTls())) {
      builder.sslSocketFactory(
          new MeteredTlsSockets(client.sslSocketFactory(), rules),
          Objects.requireNonNull(client.x509TrustManager()));
    }
    builder.networkInterceptors().removeIf(MeteredExchange.class::isInstance);
    return builder.addNetworkInterceptor(new MeteredExchange()).build();
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Connection connection = chain.connection();
    ConnectionMeter meter =
        connection != null && connection.socket() instanceof Metered metered
            ? metered.meter()
            : null;
    Response response = meter == null ? chain.proceed(chain.request()) : proceed(chain, meter);
    ResponseBody body = response.body();
    return response
        .newBuilder()
        .body(
            ResponseBody.create(
                Okio.buffer(new TimedBody(body.source(), chain.call(), meter)),
                body.contentType(),
                body.contentLength()))
        .build();
  }

  private static Response proceed(Chain chain, ConnectionMeter meter) throws IOException {
    boolean received = false;
    meter.exchangeStarted();
    try {
      Response response = chain.proceed(chain.request());
      received = true;
      return response;
    } finally {
      if (received) {
        meter.headReceived();
      } else {
        meter.headLost();
      }
    }
  }
}
