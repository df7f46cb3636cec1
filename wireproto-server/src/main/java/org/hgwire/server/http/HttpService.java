// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

/** What answers HTTP requests. Safe for use by several threads. */
@FunctionalInterface
public interface HttpService {
  /**
   * Begins to answer a request. It may do work, so it must not be called by a thread that must not
   * block. It never fails: what fails is the response.
   */
  HttpExchange open(RequestHead request);

  /**
   * Returns a service that gives the requests below a path to another one, and answers the others
   * itself.
   *
   * @param path the path as it is in URLs, without a slash at either end: {@code content}
   * @param below what answers requests whose path begins with it; it gets the rest of the path
   * @throws IllegalArgumentException if {@code path} is empty or begins or ends with a slash
   */
  default HttpService with(String path, HttpService below) {
    if (path.isEmpty() || path.startsWith("/") || path.endsWith("/")) {
      throw new IllegalArgumentException("a path has no slash at its ends, as \"" + path + "\"");
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
