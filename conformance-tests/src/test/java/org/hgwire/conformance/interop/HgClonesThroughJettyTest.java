// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.interop;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.mirror.MirroredRepository;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.hgwire.client.Peer;
import org.hgwire.client.PeerOptions;
import org.hgwire.conformance.mercurial.DebugWireProtocol;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.conformance.mercurial.HgServe;
import org.hgwire.conformance.mercurial.RealHg;
import org.hgwire.conformance.mercurial.SampleRepositories;
import org.hgwire.server.RepositoryResolution;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.repository.Repository;
import org.hgwire.server.servlet.HgWireServlet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real hg clones and pulls from our servlet in Jetty. */
final class HgClonesThroughJettyTest {

  @TempDir Path temporary;
  private Hg hg;
  private SampleRepositories samples;

  @BeforeEach
  void findMercurial() {
    hg = RealHg.require();
    samples = new SampleRepositories(hg);
  }

  /** A Jetty that serves one repository, which can be exchanged, below a context and a servlet. */
  private record JettyHost(Server server, AtomicReference<Repository> repository)
      implements AutoCloseable {
    static JettyHost of(Repository first) throws Exception {
      AtomicReference<Repository> repository = new AtomicReference<>(first);
      ServerOptions options =
          ServerOptions.builder(
                  caller ->
                      caller.path().equals("samples/the one")
                          ? RepositoryResolution.found(requireNonNull(repository.get()))
                          : RepositoryResolution.notFound())
              .build();
      Server server = new Server();
      ServerConnector connector = new ServerConnector(server);
      connector.setHost("127.0.0.1");
      server.addConnector(connector);
      ServletContextHandler context = new ServletContextHandler("/scm");
      context.addServlet(new ServletHolder(HgWireServlet.of(options)), "/hg/*");
      server.setHandler(context);
      server.start();
      return new JettyHost(server, repository);
    }

    URI url() {
      return server.getURI().resolve("/scm/hg/samples/the%20one");
    }

    @Override
    public void close() {
      LifeCycle.stop(server);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd-8mb", "identity"})
  void aCloneIsTheRepository(String encoding) throws Exception {
    Path source = samples.rich(temporary.resolve("source"));
    try (JettyHost host = JettyHost.of(mirror(source))) {
      Path clone = hg(temporary, encoding, "clone", "-U", host.url().toString(), "clone");

      assertThat(hg.run(clone, "verify")).contains("checked 28 changesets");
      assertThat(RepositoryState.of(hg, clone))
          .isEqualTo(RepositoryState.of(hg, source, "not secret()"));
    }
  }

  @Test
  void aLargeCloneIsTheRepository() throws Exception {
    Path source = samples.large(temporary.resolve("source"));
    try (JettyHost host = JettyHost.of(mirror(source))) {
      Path clone = hg(temporary, "zlib", "clone", "-U", host.url().toString(), "clone");

      assertThat(hg.run(clone, "verify")).contains("checked 301 changesets");
      assertThat(RepositoryState.of(hg, clone)).isEqualTo(RepositoryState.of(hg, source));
    }
  }

  @Test
  void aPullBringsWhatIsNew() throws Exception {
    Path source = samples.rich(temporary.resolve("source"));
    try (JettyHost host = JettyHost.of(mirror(source))) {
      Path clone = hg(temporary, "zstd-8mb", "clone", "-U", host.url().toString(), "clone");
      samples.addTo(source);
      host.repository().set(mirror(source));

      hg(clone, "zstd-8mb", "pull", host.url().toString());

      assertThat(hg.run(clone, "verify")).contains("checked 32 changesets");
      assertThat(RepositoryState.of(hg, clone).manifests())
          .isEqualTo(RepositoryState.of(hg, source, "not secret()").manifests());
    }
  }

  private MirroredRepository mirror(Path source) throws IOException {
    try (HgServe serve = HgServe.v2(hg, source);
        Peer peer = Peer.connect(serve.url(), PeerOptions.defaults())) {
      return MirroredRepository.of(peer);
    }
  }

  private Path hg(Path directory, String encoding, String... command) {
    List<String> line = new ArrayList<>(DebugWireProtocol.v2(encoding));
    line.addAll(List.of(command));
    hg.tryRun(directory, "", line).orThrow();
    return temporary.resolve("clone");
  }
}
