// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.repository.Repository;
import org.hgwire.server.repository.memory.MemoryRepository;
import org.junit.jupiter.api.Test;

/** The snippet of docs/guide/servlet.md. */
final class GuideTest {
  private static final Path GUIDE = Path.of("../../docs/guide/servlet.md");
  private static final Path SOURCE =
      Path.of("src/test/java/org/hgwire/server/servlet/GuideTest.java");

  private static Repository repository() {
    return MemoryRepository.publishing();
  }

  public static final class HgListener implements ServletContextListener {
    @Override
    public void contextInitialized(ServletContextEvent event) {
      ServerOptions options =
          ServerOptions.builder(RepositoryResolver.byPath(Map.of("tides", repository()))).build();
      ServletRegistration.Dynamic hg =
          event.getServletContext().addServlet("hg", HgWireServlet.of(options));
      hg.setAsyncSupported(true);
      hg.addMapping("/hg/*");
    }
  }

  @Test
  void snippetOfGuideServesTheRepository() throws Exception {
    Server jetty = new Server(0);
    ServletContextHandler context = new ServletContextHandler("/scm");
    context.addEventListener(new HgListener());
    jetty.setHandler(context);
    jetty.start();
    try {
      URI url = URI.create("http://127.0.0.1:" + jetty.getURI().getPort() + "/scm/hg/tides");
      assertThat(
              HttpClient.newHttpClient()
                  .send(
                      HttpRequest.newBuilder(url.resolve("tides?cmd=capabilities")).build(),
                      BodyHandlers.ofString())
                  .statusCode())
          .isEqualTo(200);
    } finally {
      LifeCycle.stop(jetty);
    }
  }

  @Test
  void snippetOfGuideIsTheOneHere() throws Exception {
    String[] parts = Files.readString(GUIDE).split("```", -1);
    String snippet = parts[1].substring("java\n".length()).indent(2);
    String here = Files.readString(SOURCE).replace("public static final", "public final");
    assertThat(here).contains("  " + snippet.strip());
  }
}
