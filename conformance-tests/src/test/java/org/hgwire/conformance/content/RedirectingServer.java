// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.content;

import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.RedirectTarget;
import org.hgwire.redirects.HashAlgorithm;
import org.hgwire.redirects.contentstore.FileContentStore;
import org.hgwire.server.AccessControl;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.http.ContentEndpoint;
import org.hgwire.server.http.HttpEndpoint;
import org.hgwire.server.http.HttpService;
import org.hgwire.server.netty.HgWireServer;
import org.hgwire.server.offload.ContentOffload;
import org.hgwire.server.repository.Repository;
import org.jspecify.annotations.Nullable;

/**
 * Our server with one repository at its root. It keeps every response of a cacheable command in a
 * file, and redirects to it from the second request on.
 */
public final class RedirectingServer implements AutoCloseable {
  /** The name of the target that is advertised. */
  public static final String TARGET = "elsewhere";

  private static final String CONTENT_PATH = "content";

  private final HgWireServer server;
  private final ContentOffload offload;
  private final FileContentStore store;
  private final URI url;
  private final HttpService service;
  private final List<String> contentRequests;

  private RedirectingServer(
      HgWireServer server,
      HttpService service,
      ContentOffload offload,
      FileContentStore store,
      URI url,
      List<String> contentRequests) {
    this.server = server;
    this.service = service;
    this.offload = offload;
    this.store = store;
    this.url = url;
    this.contentRequests = contentRequests;
  }

  /**
   * How a server redirects.
   *
   * @param directory where it keeps responses; content is in its directory {@code content}
   * @param content the URL of the content host; null for the server itself
   * @param tls the TLS of the server, null for http
   * @param serverCertificates the certificates in locations, as DER
   * @param segmentSize the size of the segments with a hash each, in bytes
   */
  public record Settings(
      Path directory,
      @Nullable URI content,
      @Nullable SslContext tls,
      List<ByteString> serverCertificates,
      int segmentSize) {
    /** Returns settings over http, with content on {@code host} and without pins. */
    public static Settings plain(Path directory, @Nullable URI host) {
      return new Settings(directory, host, null, List.of(), 1 << 20);
    }

    /** Returns these settings with another segment size. */
    public Settings withSegmentSize(int bytes) {
      return new Settings(directory, content, tls, serverCertificates, bytes);
    }
  }

  /** Serves {@code repository}; anyone may do anything. */
  public static RedirectingServer start(Repository repository, Settings settings)
      throws IOException {
    CompletableFuture<HttpService> service = new CompletableFuture<>();
    HgWireServer.Builder builder =
        HgWireServer.builder((HttpService) request -> service.join().open(request));
    if (settings.tls() != null) {
      builder.tls(settings.tls());
    }
    HgWireServer server = builder.grace(Duration.ofSeconds(1)).start();
    String scheme = settings.tls() == null ? "http" : "https";
    URI url = URI.create(scheme + "://127.0.0.1:" + server.port() + "/");
    URI base = settings.content() == null ? url.resolve(CONTENT_PATH + "/") : settings.content();
    FileContentStore store =
        FileContentStore.builder(
                RedirectTarget.of(TARGET, base), settings.directory().resolve("content"))
            .serverCertificates(settings.serverCertificates())
            .open();
    ContentOffload offload =
        ContentOffload.builder(settings.directory().resolve("kept"))
            .store(store)
            .threshold(0)
            .segmentSize(settings.segmentSize())
            .hashes(List.of(HashAlgorithm.SHA256))
            .open();
    List<String> contentRequests = new CopyOnWriteArrayList<>();
    HttpService content = ContentEndpoint.of(store);
    HttpService both =
        new HttpEndpoint(options(repository, offload))
            .with(
                CONTENT_PATH,
                request -> {
                  contentRequests.add(request.target());
                  return content.open(request);
                });
    service.complete(both);
    return new RedirectingServer(server, both, offload, store, url, contentRequests);
  }

  private static ServerOptions options(Repository repository, ContentOffload offload) {
    return ServerOptions.builder(RepositoryResolver.atRoot(repository))
        .redirects(offload)
        .accessControl(AccessControl.open())
        .cacher(offload)
        .build();
  }

  /** Returns the URL of the repository. */
  public URI url() {
    return url;
  }

  /** Returns what serves the repository, and the content below {@code content}. */
  public HttpService service() {
    return service;
  }

  /** Returns the requests for content that the server itself serves. */
  public List<String> contentRequests() {
    return List.copyOf(contentRequests);
  }

  @Override
  public void close() throws IOException {
    server.close();
    offload.close();
    store.close();
  }
}
