// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.interop;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.server.AccessControl;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.http.HttpEndpoint;
import org.hgwire.server.http.HttpService;
import org.hgwire.server.netty.HgWireServer;
import org.hgwire.server.repository.Repository;

/** Our server on a free port, with one repository at its root that can be replaced. */
final class OurServer implements AutoCloseable {
  private final AtomicReference<Repository> repository;
  private final HgWireServer server;

  private OurServer(AtomicReference<Repository> repository, HgWireServer server) {
    this.repository = repository;
    this.server = server;
  }

  /** Serves {@code first}; anyone may do anything. */
  static OurServer of(Repository first, String... encodings) throws IOException {
    return of(first, options -> options, encodings);
  }

  /** Serves {@code first} with other options; anyone may do anything. */
  static OurServer of(
      Repository first, UnaryOperator<ServerOptions.Builder> others, String... encodings)
      throws IOException {
    AtomicReference<Repository> repository = new AtomicReference<>(first);
    ServerOptions.Builder options =
        others.apply(
            ServerOptions.builder(
                    caller ->
                        RepositoryResolver.atRoot(Objects.requireNonNull(repository.get()))
                            .resolve(caller))
                .accessControl(AccessControl.open()));
    if (encodings.length > 0) {
      options.encodings(ContentEncodings.named(encodings));
    }
    return start(repository, new HttpEndpoint(options.build()));
  }

  /** Serves {@code only} as to clients that stall after each buffer. */
  static OurServer pausing(Repository only, String encoding) throws IOException {
    HttpEndpoint endpoint =
        new HttpEndpoint(
            ServerOptions.builder(RepositoryResolver.atRoot(only))
                .encodings(ContentEncodings.named(encoding))
                .build());
    return start(
        new AtomicReference<>(only), request -> new PausingExchange(endpoint.open(request)));
  }

  private static OurServer start(AtomicReference<Repository> repository, HttpService service)
      throws IOException {
    return new OurServer(
        repository, HgWireServer.builder(service).grace(Duration.ofSeconds(1)).start());
  }

  /** Serves {@code next} from now on. */
  void replace(Repository next) {
    repository.set(next);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.port() + "/");
  }

  @Override
  public void close() {
    server.close();
  }
}
