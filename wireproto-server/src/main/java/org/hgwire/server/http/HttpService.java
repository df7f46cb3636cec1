// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

/** Responds to HTTP requests. Safe for use by several threads. */
@FunctionalInterface
public interface HttpService {
  /**
   * Begins to respond to a request. It may block. It never fails: a failure becomes the response.
   */
  HttpExchange open(RequestHead request);

  /**
   * Returns a service that passes requests below a path to another service, and responds to all
   * others itself.
   *
   * @param path the path as it is in URLs, percent-encoded, without a slash at either end, such as
   *     {@code content}
   * @param below the service for requests below the path; it gets the rest of the path
   * @throws IllegalArgumentException if {@code path} is empty or begins or ends with a slash
   */
  default HttpService with(String path, HttpService below) {
    if (path.isEmpty() || path.startsWith("/") || path.endsWith("/")) {
      throw new IllegalArgumentException(
          "the path must have no slash at its ends: \"" + path + "\"");
    }
    String prefix = "/" + path;
    return request -> {
      String target = request.target();
      return target.startsWith(prefix + "/")
          ? below.open(request.withTarget(target.substring(prefix.length())))
          : open(request);
    };
  }
}
