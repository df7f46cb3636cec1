// SPDX-License-Identifier: Apache-2.0
package org.hgwire.fuzz;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.hgwire.core.command.Node;
import org.hgwire.server.RepositoryResolver;
import org.hgwire.server.ServerOptions;
import org.hgwire.server.command.ClientConnection;
import org.hgwire.server.http.HttpEndpoint;
import org.hgwire.server.http.HttpExchange;
import org.hgwire.server.http.HttpFields;
import org.hgwire.server.http.HttpService;
import org.hgwire.server.http.RequestHead;
import org.hgwire.server.http.ResponseHead;
import org.hgwire.server.repository.memory.MemoryRepository;

/** HTTP exchanges with a server of a small repository, without sockets. */
final class ServedExchange {
  private static final int MAX_STEPS = 100_000;
  private static final HttpService SERVICE =
      new HttpEndpoint(
          ServerOptions.builder(RepositoryResolver.byPath(Map.of("", repository()))).build());

  private ServedExchange() {}

  private static MemoryRepository repository() {
    MemoryRepository repository = MemoryRepository.publishing();
    Node root = repository.commit().message("one").write("a", "1\n").commit();
    repository.commit().parent(root).message("two").write("dir/b", "2\n").commit();
    return repository;
  }

  /** Sends a request and takes the whole response. */
  static void send(String method, String target, HttpFields fields, List<ByteBuffer> body) {
    TimedCall.of(() -> exchange(method, target, fields, body));
  }

  private static void exchange(
      String method, String target, HttpFields fields, List<ByteBuffer> body) throws IOException {
    try (HttpExchange exchange =
        SERVICE.open(new RequestHead(method, target, fields, ClientConnection.UNKNOWN))) {
      for (ByteBuffer piece : body) {
        pull(exchange);
        if (!exchange.wantsInput()) {
          break;
        }
        exchange.receive(piece);
      }
      pull(exchange);
      if (!exchange.finished()) {
        exchange.endOfInput();
        pull(exchange);
      }
      ResponseHead head = exchange.responseHead();
      if (head == null || !exchange.finished()) {
        throw new AssertionError("the request has ended and its response has not");
      }
      if (head.status() >= 500) {
        throw new AssertionError("the server failed with the status " + head.status());
      }
    }
  }

  /** Takes output until there is none and none is made. */
  private static void pull(HttpExchange exchange) throws IOException {
    for (int i = 0; i < MAX_STEPS; i++) {
      boolean undecided = exchange.responseHead() == null && !exchange.wantsInput();
      if (exchange.nextOutput() == null && !(undecided && exchange.responseHead() != null)) {
        return;
      }
    }
    throw new AssertionError("the response has no end");
  }
}
