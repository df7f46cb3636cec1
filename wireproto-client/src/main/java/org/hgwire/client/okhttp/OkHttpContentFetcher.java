// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.hgwire.client.ContentHosts;
import org.hgwire.client.HttpTransport;
import org.hgwire.client.PeerOptions;
import org.hgwire.redirects.Origin;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.RedirectFault;
import org.hgwire.redirects.UrlAuthority;
import org.hgwire.redirects.fetch.ContentFetcher;
import org.hgwire.redirects.fetch.ContentRequest;
import org.hgwire.redirects.fetch.ContentResponse;
import org.jspecify.annotations.Nullable;

/**
 * Fetches content with OkHttp. It knows nothing about the server that redirects, and sends a
 * content host only what {@link ContentHosts} says.
 *
 * <p>A proxy resolves the name itself. The name is resolved and its addresses are checked here all
 * the same, unless the user allows the host by name; but the proxy decides which address it
 * connects to. Pins and all checks of certificates hold through it, in the tunnel.
 */
final class OkHttpContentFetcher implements ContentFetcher {
  private final PeerOptions options;
  private final OkHttpClient base;
  private final ProxyChoice proxies;
  private final CheckedDns dns;
  private final ContentClients clients;
  private volatile boolean closed;

  /**
   * Makes a fetcher.
   *
   * @param resolver resolves names
   */
  OkHttpContentFetcher(PeerOptions options, Dns resolver, ProxyChoice proxies) {
    this.options = options;
    this.proxies = proxies;
    this.dns = new CheckedDns(resolver, options.redirects().addresses());
    this.base =
        ClientSettings.withRules(new OkHttpClient.Builder(), options)
            .readTimeout(options.contentTimeout())
            .proxySelector(proxies.selector())
            .dns(dns)
            .build();
    this.clients =
        new ContentClients(
            base, options.tls().authorities(), options.redirects(), MeterRules.of(options));
  }

  @Override
  public ContentResponse fetch(ContentRequest request) throws IOException {
    if (closed) {
      throw new IOException("the fetcher was closed");
    }
    HttpUrl url = HttpUrl.get(request.url());
    URI address = url == null ? null : url.uri();
    if (url == null
        || address == null
        || !UrlAuthority.isWithoutUserInfo(address)
        || !isSameHost(request.url(), url.host())) {
      throw new RedirectException(
          RedirectFault.BAD_URL, "The URL of the content is not one that this client can fetch.");
    }
    requireAddress(url, address);
    Request.Builder builder =
        new Request.Builder()
            .url(url)
            .header("Accept-Encoding", "identity")
            .header("User-Agent", "hgwire");
    for (HttpTransport.Header header : options.contentHosts().headers(address)) {
      builder.addHeader(header.name(), header.value());
    }
    if (request.from() > 0) {
      builder.header("Range", "bytes=" + request.from() + "-");
      String validator = request.ifRange();
      if (validator != null) {
        builder.header("If-Range", validator);
      }
    }
    OkHttpClient client =
        clients.of(
            new ContentClients.Key(
                request.pins(),
                options.contentHosts().clientKey(address),
                proxies.fixedFor(address)));
    return execute(client, builder);
  }

  private ContentResponse execute(OkHttpClient client, Request.Builder request) throws IOException {
    TimedCall call = new TimedCall(client, request, options.contentTimeout());
    OverheadFaults faults = OverheadFaults.ofContentHost(call.url());
    try {
      okhttp3.Response response = call.execute();
      response
          .body()
          .source()
          .timeout()
          .timeout(options.idleTimeout().toNanos(), TimeUnit.NANOSECONDS);
      return new Fetched(client, call.call(), response, faults.in(response.body().byteStream()));
    } catch (IOException e) {
      throw faults.of(e);
    }
  }

  /**
   * Returns whether OkHttp reads the name of a host as it was approved. Addresses, which it writes
   * in its own way, are checked below.
   */
  private static boolean isSameHost(URI approved, String read) {
    String host = Origin.of(approved).host();
    return host.startsWith("[") || isAddress(host) || isAddress(read) || host.equals(read);
  }

  /** OkHttp does not resolve literal addresses, nor names if a proxy does. */
  private void requireAddress(HttpUrl url, URI address) throws IOException {
    String host = url.host();
    boolean proxied = isProxied(address);
    if (isAddress(host)) {
      options.redirects().addresses().requireAllowed(host, List.of(InetAddress.getAllByName(host)));
    } else if (proxied && !options.redirects().addresses().hosts().contains(host)) {
      requireResolved(host);
    }
  }

  /** OkHttp treats a host of digits and dots, or with a colon, as an address. */
  private static boolean isAddress(String host) {
    return host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }

  private boolean isProxied(URI address) {
    boolean proxied = false;
    for (Proxy proxy : proxies.all(address)) {
      if (proxy.type() != Proxy.Type.DIRECT) {
        proxied = true;
        if (proxy.address() instanceof InetSocketAddress at) {
          dns.addProxy(at.getHostString());
        }
      }
    }
    return proxied;
  }

  /** The proxy may know names that are unknown here: then nobody can tell where it connects to. */
  private void requireResolved(String host) throws IOException {
    try {
      dns.require(host);
    } catch (UnknownHostException e) {
      throw new RedirectException(
          RedirectFault.UNKNOWN_HOST,
          "The name of the content host "
              + host
              + " is only known to the proxy, so its addresses cannot be checked; allow the host by"
              + " name.",
          e);
    }
  }

  @Override
  public void close() {
    closed = true;
    base.dispatcher().cancelAll();
    clients.close();
    base.dispatcher().executorService().shutdown();
  }

  /** A response of OkHttp. */
  private final class Fetched implements ContentResponse {
    private final OkHttpClient client;
    private final Call call;
    private final okhttp3.Response response;
    private final InputStream body;

    Fetched(OkHttpClient client, Call call, okhttp3.Response response, InputStream body) {
      this.client = client;
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
      List<String> values = response.headers(name);
      return values.isEmpty() ? null : String.join(", ", values);
    }

    @Override
    public InputStream body() {
      return body;
    }

    @Override
    public void cancel() {
      call.cancel();
    }

    @Override
    public void close() {
      response.close();
      clients.settle(client);
    }
  }
}
