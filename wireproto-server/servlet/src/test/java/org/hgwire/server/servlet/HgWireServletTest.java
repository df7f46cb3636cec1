// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Principal;
import java.util.EnumSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.hgwire.server.AccessDecision;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.command.Caller;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.hgwire.server.testing.TestTls;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the contract of adapters does not ask for: the host's filters, executors, HTTP/2. */
final class HgWireServletTest {
  private static final RepositoryResolver TIDES =
      RepositoryResolver.atRoot(MemoryRepository.publishing());

  private final Server jetty = new Server();
  private final ServletContextHandler context = new ServletContextHandler("/");

  private URI start(HgWireServlet servlet, boolean async) throws Exception {
    HttpConfiguration http = new HttpConfiguration();
    ServerConnector connector =
        new ServerConnector(
            jetty, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
    connector.setHost("127.0.0.1");
    jetty.addConnector(connector);
    ServletHolder holder = new ServletHolder(servlet);
    holder.setAsyncSupported(async);
    context.addServlet(holder, "/");
    jetty.setHandler(context);
    jetty.start();
    return URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/?cmd=capabilities");
  }

  @AfterEach
  void stop() {
    LifeCycle.stop(jetty);
  }

  private static HttpResponse<String> get(URI url, HttpClient.Version version) throws Exception {
    return HttpClient.newBuilder()
        .version(version)
        .build()
        .send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
  }

  @Test
  void clearTextHttp2IsServed() throws Exception {
    URI url = start(HgWireServlet.of(ServerOptions.builder(TIDES).build()), true);
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    for (int round = 0; round < 2; round++) {
      HttpResponse<String> response =
          http.send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofString());
      assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).contains("httpheader");
    }
  }

  @Test
  void principalOfFilterReachesAccessControl() throws Exception {
    AtomicReference<@Nullable Caller> seen = new AtomicReference<>();
    Filter authenticating =
        (request, response, chain) -> {
          request.setAttribute("com.example.team", "tides");
          chain.doFilter(
              new HttpServletRequestWrapper((HttpServletRequest) request) {
                @Override
                public Principal getUserPrincipal() {
                  return () -> "ada";
                }
              },
              response);
        };
    FilterHolder filter = new FilterHolder(authenticating);
    filter.setAsyncSupported(true);
    context.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
    URI url =
        start(
            HgWireServlet.of(
                ServerOptions.builder(TIDES)
                    .accessControl(
                        request -> {
                          seen.set(request.caller());
                          return AccessDecision.allowed();
                        })
                    .build()),
            true);
    assertThat(get(url, HttpClient.Version.HTTP_1_1).statusCode()).isEqualTo(200);
    Caller caller = seen.get();
    assertThat(caller).isNotNull();
    assertThat(caller.userName()).isEqualTo("ada");
    assertThat(caller.attributes()).containsEntry("com.example.team", "tides");
  }

  @Test
  void tlsIdentityReachesAccessControl(@TempDir Path directory) throws Exception {
    KeyStore keys = TestTls.selfSigned(directory.resolve("keys.p12"));
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStore(keys);
    tls.setKeyStorePassword(new String(TestTls.PASSWORD));
    tls.setTrustStore(keys);
    tls.setWantClientAuth(true);
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.addCustomizer(new SecureRequestCustomizer());
    ServerConnector connector =
        new ServerConnector(jetty, tls, new HttpConnectionFactory(configuration));
    connector.setHost("127.0.0.1");
    jetty.addConnector(connector);
    AtomicReference<@Nullable Caller> seen = new AtomicReference<>();
    start(
        HgWireServlet.of(
            ServerOptions.builder(TIDES)
                .accessControl(
                    request -> {
                      seen.set(request.caller());
                      return AccessDecision.allowed();
                    })
                .build()),
        true);
    HttpResponse<String> response =
        HttpClient.newBuilder()
            .sslContext(TestTls.client(keys))
            .build()
            .send(
                HttpRequest.newBuilder(
                        URI.create(
                            "https://localhost:" + connector.getLocalPort() + "/?cmd=capabilities"))
                    .build(),
                BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    Caller caller = seen.get();
    assertThat(caller).isNotNull();
    assertThat(caller.connection().secure()).isTrue();
    assertThat(caller.connection().certificates()).containsExactly(keys.getCertificate("test"));
  }

  @Test
  void missingAsynchronousSupportIs500() throws Exception {
    URI url = start(HgWireServlet.of(ServerOptions.builder(TIDES).build()), false);
    HttpResponse<String> response = get(url, HttpClient.Version.HTTP_1_1);
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).contains("async-supported");
  }

  @Test
  void requestThatTheExecutorRejectsIs503() throws Exception {
    ExecutorService workers = Executors.newSingleThreadExecutor();
    workers.shutdown();
    URI url =
        start(
            HgWireServlet.builder(ServerOptions.builder(TIDES).build()).workers(workers).build(),
            true);
    assertThat(get(url, HttpClient.Version.HTTP_1_1).statusCode()).isEqualTo(503);
  }

  @Test
  void executorOfTheHostIsUsedAndNotEnded() throws Exception {
    ExecutorService workers = Executors.newSingleThreadExecutor();
    try {
      URI url =
          start(
              HgWireServlet.builder(ServerOptions.builder(TIDES).build()).workers(workers).build(),
              true);
      assertThat(get(url, HttpClient.Version.HTTP_1_1).statusCode()).isEqualTo(200);
      LifeCycle.stop(jetty);
      assertThat(workers.isShutdown()).isFalse();
    } finally {
      workers.shutdown();
    }
  }
}
