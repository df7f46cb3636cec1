// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.clonebundles;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hgwire.core.ByteString;

/**
 * A server of version 1 with a manifest and none of its bundles: what a client requests first after
 * the manifest is what it chose.
 */
final class ManifestOrigin implements AutoCloseable {
  private final HttpServer server;
  private final List<String> wanted = new CopyOnWriteArrayList<>();
  private volatile ByteString manifest = ByteString.empty();

  private ManifestOrigin(HttpServer server) {
    this.server = server;
    server.createContext("/", this::handle);
    server.start();
  }

  static ManifestOrigin start() throws IOException {
    return new ManifestOrigin(
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /** Serves the manifest {@code next} from now on, and forgets earlier requests. */
  void offer(ByteString next) {
    manifest = next;
    wanted.clear();
  }

  /** Returns the paths of the bundles that were requested. */
  List<String> requested() {
    return List.copyOf(wanted);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getRawQuery();
    int status = 200;
    String type = "application/mercurial-0.1";
    byte[] body;
    if (query == null) {
      wanted.add(exchange.getRequestURI().getRawPath());
      status = 404;
      type = "text/plain";
      body = "none".getBytes(StandardCharsets.US_ASCII);
    } else if (query.equals("cmd=capabilities")) {
      body = "lookup clonebundles".getBytes(StandardCharsets.US_ASCII);
    } else if (query.equals("cmd=clonebundles")) {
      body = manifest.toByteArray();
    } else {
      type = "application/hg-error";
      body = "not found\n".getBytes(StandardCharsets.US_ASCII);
    }
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
