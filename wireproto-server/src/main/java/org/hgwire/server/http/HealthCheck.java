// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import java.util.function.BooleanSupplier;

/**
 * A path at which a load balancer learns whether the server takes requests: 200, or 503 while it
 * shuts down. Only GET and HEAD of exactly this target, without a query, are meant for it; the
 * commands of a repository that has the same path reach the service. Safe for use by several
 * threads.
 */
public final class HealthCheck implements HttpService {
  /** The path that servers use by default. */
  public static final String DEFAULT_PATH = "/healthz";

  private final HttpService service;
  private final String path;
  private final BooleanSupplier ready;

  private HealthCheck(HttpService service, String path, BooleanSupplier ready) {
    this.service = service;
    this.path = path;
    this.ready = ready;
  }

  /**
   * Returns a service with a health check.
   *
   * @param service responds to all other requests
   * @param path the path, percent-encoded as it is in URLs, such as {@link #DEFAULT_PATH}
   * @param ready whether the server takes requests; called for each check, by several threads
   * @throws IllegalArgumentException if the path does not begin with a slash, or has a query
   */
  public static HttpService around(HttpService service, String path, BooleanSupplier ready) {
    if (!path.startsWith("/") || path.indexOf('?') >= 0) {
      throw new IllegalArgumentException(
          "the path of the health check must begin with a slash and have no query: \""
              + path
              + "\"");
    }
    return new HealthCheck(service, path, ready);
  }

  @Override
  public HttpExchange open(RequestHead request) {
    if (!request.isRead() || !request.target().equals(path)) {
      return service.open(request);
    }
    return ready.getAsBoolean()
        ? FixedExchange.text(200, "ok\n")
        : FixedExchange.text(503, "the server is shutting down\n");
  }
}
