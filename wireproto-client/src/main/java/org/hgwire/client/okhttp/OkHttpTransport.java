// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.hgwire.client.HttpTransport;
import org.hgwire.client.PeerOptions;
import org.hgwire.client.Proxies;
import org.hgwire.client.TransportFactory;
import org.hgwire.redirects.fetch.ContentFetcher;
import org.jspecify.annotations.Nullable;

/** Sends the requests of a peer with OkHttp. */
public final class OkHttpTransport implements HttpTransport {
  private final OkHttpClient client;
  private final Proxies proxies;
  private final Duration firstByteTimeout;
  private final boolean owned;
  private final Map<Proxy, OkHttpClient> byProxy = new ConcurrentHashMap<>();

  /**
   * Makes a transport.
   *
   * @param client without meters
   * @param proxies through which it sends requests
   */
  OkHttpTransport(OkHttpClient client, PeerOptions options, Proxies proxies, boolean owned) {
    this.client = MeteredExchange.on(client, MeterRules.of(options));
    this.proxies = proxies;
    this.firstByteTimeout = options.firstByteTimeout();
    this.owned = owned;
  }

  /**
   * Returns a factory of transports that share one pool of connections, and the TLS, proxy and DNS
   * of {@code client}; their connections are metered, so those that {@code client} makes itself are
   * others. {@link org.hgwire.client.PeerOptions#tls()} and {@link
   * org.hgwire.client.PeerOptions#proxies()} are ignored then, except for the credentials of
   * proxies. Redirects, cookies, caching, authenticators and retries of the client are disabled.
   *
   * <p>Content from content hosts is fetched by separate clients all the same. They use the proxy
   * and the DNS of {@code client}, and the authorities of {@link
   * org.hgwire.client.PeerOptions#tls()}.
   */
  public static TransportFactory using(OkHttpClient client) {
    return new TransportFactory() {
      @Override
      public HttpTransport open(PeerOptions options) {
        return new OkHttpTransport(
            ClientSettings.withRules(client.newBuilder(), options).build(),
            options,
            Proxies.PLATFORM,
            false);
      }

      @Override
      public ContentFetcher openFetcher(PeerOptions options) {
        return new OkHttpContentFetcher(options, client.dns(), ProxyChoice.of(client));
      }
    };
  }

  @Override
  public Response send(Request request) throws IOException {
    okhttp3.Request.Builder builder = new okhttp3.Request.Builder().url(request.url().toString());
    String type = null;
    for (Header header : request.headers()) {
      builder.addHeader(header.name(), header.value());
      if (header.name().equalsIgnoreCase("Content-Type")) {
        type = header.value();
      }
    }
    builder.header("Accept-Encoding", "identity").header("User-Agent", "hgwire");
    List<ByteBuffer> body = request.body();
    if (body != null) {
      builder.post(new Body(body, request.bodyLength(), type));
    }
    TimedCall call = new TimedCall(client(request.url()), builder, firstByteTimeout);
    OverheadFaults faults = OverheadFaults.ofServer(call.url());
    try {
      okhttp3.Response response = call.execute();
      return new OkHttpResponse(call.call(), response, faults.in(response.body().byteStream()));
    } catch (IOException e) {
      throw faults.of(e);
    }
  }

  /**
   * Returns the client for a URL. OkHttp does not ask a proxy selector about hosts with
   * underscores.
   */
  private OkHttpClient client(URI url) {
    Proxy proxy = proxies.proxyFor(url);
    return proxy == null
        ? client
        : byProxy.computeIfAbsent(proxy, each -> client.newBuilder().proxy(each).build());
  }

  @Override
  public void close() {
    client.dispatcher().cancelAll();
    if (owned) {
      client.dispatcher().executorService().shutdown();
      client.connectionPool().evictAll();
    }
  }

  /** The body of a request: buffers in memory, of known length. */
  private static final class Body extends RequestBody {
    private final List<ByteBuffer> parts;
    private final long length;
    private final @Nullable String type;

    Body(List<ByteBuffer> parts, long length, @Nullable String type) {
      this.parts = parts;
      this.length = length;
      this.type = type;
    }

    @Override
    public @Nullable MediaType contentType() {
      return type == null ? null : MediaType.parse(type);
    }

    @Override
    public long contentLength() {
      return length;
    }

    /** OkHttp must not retry: only the caller knows which commands may be repeated. */
    @Override
    public boolean isOneShot() {
      return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
      for (ByteBuffer part : parts) {
        ByteBuffer rest = part.duplicate();
        while (rest.hasRemaining()) {
          sink.write(rest);
        }
      }
    }
  }

  /** A response of OkHttp. */
  private static final class OkHttpResponse implements Response {
    private final Call call;
    private final okhttp3.Response response;
    private final InputStream body;

    OkHttpResponse(Call call, okhttp3.Response response, InputStream body) {
      this.call = call;
      this.response = response;
      this.body = body;
    }

    @Override
    public int status() {
      return response.code();
    }

    @Override
    public @Nullable String header(String name) {
      return response.header(name);
    }

    @Override
    public List<String> headers(String name) {
      return response.headers(name);
    }

    @Override
    public InputStream body() {
      return body;
    }

    @Override
    public void readTimeout(Duration timeout) {
      response.body().source().timeout().timeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void cancel() {
      call.cancel();
    }

    @Override
    public void close() {
      response.close();
    }
  }
}
