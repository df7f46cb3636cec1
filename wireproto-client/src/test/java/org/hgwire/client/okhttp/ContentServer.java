// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Protocol;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** A content host behind a real socket: the same content at every path, with ranges. */
final class ContentServer implements AutoCloseable {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-");

  private final MockWebServer server = new MockWebServer();

  /** The content. */
  volatile byte[] content;

  /** The responses to the next requests instead. */
  final Deque<MockResponse> responses = new ArrayDeque<>();

  /** The requests that came. */
  final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();

  /** The TLS connections that came. */
  final List<SSLSocket> sockets = new CopyOnWriteArrayList<>();

  /** Whether each connection is closed after one response. */
  volatile boolean closing;

  ContentServer(byte[] content, @Nullable SSLContext tls, Protocol... protocols)
      throws IOException {
    this.content = content;
    if (tls != null) {
      server.useHttps(new Recording(tls.getSocketFactory()));
    }
    if (protocols.length > 0) {
      server.setProtocols(List.of(protocols));
    }
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            requests.add(request);
            MockResponse response;
            synchronized (responses) {
              response = responses.poll();
            }
            return response != null ? response : respond(request);
          }
        });
    server.start();
  }

  /** Asks each client for a certificate that {@link #ContentServer} was made to trust. */
  ContentServer requireClientCertificate() {
    server.requireClientAuth();
    return this;
  }

  private MockResponse respond(RecordedRequest request) {
    byte[] body = content;
    MockResponse.Builder response = new MockResponse.Builder();
    response.addHeader("ETag", "\"one\"").addHeader("Set-Cookie", "session=content");
    String range = request.getHeaders().get("Range");
    Matcher matcher = RANGE.matcher(range == null ? "" : range);
    int from = 0;
    if (matcher.matches() && "\"one\"".equals(request.getHeaders().get("If-Range"))) {
      from = Integer.parseInt(matcher.group(1));
      response
          .code(206)
          .addHeader(
              "Content-Range", "bytes " + from + "-" + (body.length - 1) + "/" + body.length);
    }
    if (closing) {
      response.addHeader("Connection", "close");
    }
    return response.body(new Buffer().write(body, from, body.length - from)).build();
  }

  int port() {
    return server.getPort();
  }

  String url(String host) {
    return server.url("/c").newBuilder().host(host).build().toString();
  }

  @Override
  public void close() {
    server.close();
  }

  /** Keeps the sockets that it makes. */
  private final class Recording extends SSLSocketFactory {
    private final SSLSocketFactory factory;

    Recording(SSLSocketFactory factory) {
      this.factory = factory;
    }

    @Override
    public Socket createSocket(Socket raw, String host, int port, boolean autoClose)
        throws IOException {
      Socket socket = factory.createSocket(raw, host, port, autoClose);
      sockets.add((SSLSocket) socket);
      return socket;
    }

    @Override
    public String[] getDefaultCipherSuites() {
      return factory.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return factory.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, java.net.InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(java.net.InetAddress host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(
        java.net.InetAddress host, int port, java.net.InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }
  }
}
