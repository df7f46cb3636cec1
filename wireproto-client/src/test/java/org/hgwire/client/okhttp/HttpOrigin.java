// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import okio.ByteString;
import org.hgwire.client.HttpTransport;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.ScriptedServer;
import org.jspecify.annotations.Nullable;

/** A {@link ScriptedServer} behind a real socket. */
final class HttpOrigin implements AutoCloseable {
  private final MockWebServer server = new MockWebServer();

  /** What it responds with. */
  final ScriptedServer script = new ScriptedServer();

  /** The requests that came. */
  final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();

  HttpOrigin(@Nullable SSLContext tls) throws IOException {
    if (tls != null) {
      server.useHttps(tls.getSocketFactory());
    }
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            requests.add(request);
            try {
              return respond(request);
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          }
        });
    server.start();
  }

  private MockResponse respond(RecordedRequest request) throws IOException {
    ByteString body = request.getBody();
    HttpTransport.Request converted =
        new HttpTransport.Request(
            request.getUrl().uri(),
            List.of(),
            request.getMethod().equals("GET") || body == null
                ? null
                : List.of(ByteBuffer.wrap(body.toByteArray())));
    try (HttpTransport transport = script.open(PeerOptions.defaults());
        HttpTransport.Response response = transport.send(converted);
        InputStream in = response.body()) {
      return new MockResponse.Builder()
          .addHeader("Content-Type", String.valueOf(response.header("Content-Type")))
          .addHeader("Set-Cookie", "session=origin")
          .body(new Buffer().write(ScriptedServer.readAll(in)))
          .build();
    }
  }

  URI url(String host) {
    return server.url("/repo").newBuilder().host(host).build().uri();
  }

  @Override
  public void close() {
    server.close();
  }
}
