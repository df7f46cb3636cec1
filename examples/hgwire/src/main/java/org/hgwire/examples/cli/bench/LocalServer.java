// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.command.ClientConnection;
import org.hgwire.server.http.HttpEndpoint;
import org.hgwire.server.http.HttpExchange;
import org.hgwire.server.http.HttpFields;
import org.hgwire.server.http.RequestHead;
import org.hgwire.server.http.ResponseHead;
import org.hgwire.server.repository.RepositorySnapshot;
import org.hgwire.server.store.StoreRepository;

/** A server in this process, without sockets: it works on the thread that calls it. */
final class LocalServer implements AutoCloseable {
  private static final int PIECE = 16 * 1024;
  private static final int OK = 200;

  private final StoreRepository repository;
  private final HttpEndpoint endpoint;

  private LocalServer(StoreRepository repository) {
    this.repository = repository;
    this.endpoint =
        new HttpEndpoint(ServerOptions.builder(RepositoryResolver.atRoot(repository)).build());
  }

  static LocalServer open(Path repository) throws IOException {
    return new LocalServer(StoreRepository.open(repository));
  }

  /** Returns where the files of the store are. */
  Path store() {
    return repository.directory().store();
  }

  /** Returns the number of changesets. */
  int changesets() throws IOException {
    try (RepositorySnapshot snapshot = repository.snapshot()) {
      return snapshot.changesets().count();
    }
  }

  /** Makes the requests, as {@link BenchRequests#of} does. */
  BenchRequests requests(boolean removals) throws IOException {
    try (RepositorySnapshot snapshot = repository.snapshot()) {
      return BenchRequests.of(snapshot, removals);
    }
  }

  /** Returns the processor time of this thread, in seconds, that requests take. */
  double cost(List<BenchRequest> requests) throws IOException {
    long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    for (BenchRequest request : requests) {
      serve(request);
    }
    return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin) / 1e9;
  }

  private void serve(BenchRequest request) throws IOException {
    List<Map.Entry<String, String>> fields = new ArrayList<>(request.fields().entrySet());
    ByteBuffer body = request.body().asByteBuffer();
    if (body.hasRemaining()) {
      fields.add(Map.entry("Content-Length", String.valueOf(body.remaining())));
    }
    try (HttpExchange exchange =
        endpoint.open(
            new RequestHead(
                body.hasRemaining() ? "POST" : "GET",
                "/" + request.target(),
                new HttpFields(fields),
                ClientConnection.UNKNOWN))) {
      while (body.hasRemaining() && exchange.wantsInput()) {
        int length = Math.min(PIECE, body.remaining());
        exchange.receive(body.slice(body.position(), length));
        body.position(body.position() + length);
      }
      exchange.endOfInput();
      while (!exchange.finished()) {
        exchange.nextOutput();
      }
      ResponseHead head = exchange.responseHead();
      if (head == null || head.status() != OK) {
        throw new IOException(request.target() + ": " + head);
      }
    }
  }

  @Override
  public void close() throws IOException {
    repository.close();
  }
}
