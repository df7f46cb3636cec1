// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import org.hgwire.core.command.HttpV2Api;

/** The texts for people who look at the URLs of the API. */
final class ApiPages {
  private ApiPages() {}

  /** Returns the response to people, and to load balancers, that ask for a repository itself. */
  static FixedExchange aboutRepository(RequestHead request) {
    return request.isRead()
        ? FixedExchange.text(
            200,
            "a Mercurial repository is served here: clone it with hg, over version 1 of the"
                + " protocol or the API "
                + HttpV2Api.NAME
                + "; there are no pages to browse\n")
        : notAllowed("GET, HEAD", "this needs a GET request\n");
  }

  /** Returns the response at the root of a server that has no repository there. */
  static FixedExchange aboutServer() {
    return FixedExchange.text(
        200,
        "Mercurial repositories are served below this path over the API " + HttpV2Api.NAME + "\n");
  }

  static FixedExchange listing() {
    return FixedExchange.text(
        200,
        "APIs can be accessed at /api/<name>, where <name> can be one of the following:\n\n"
            + HttpV2Api.NAME
            + "\n");
  }

  static FixedExchange aboutApi(String name) {
    return name.equals(HttpV2Api.NAME)
        ? FixedExchange.text(200, "HTTP version 2 API handler")
        : unknownApi(name);
  }

  static FixedExchange unknownApi(String name) {
    return FixedExchange.text(404, "Unknown API: " + name + "\nKnown APIs: " + HttpV2Api.NAME);
  }

  /** Returns the response to a method other than {@code allowed}. */
  static FixedExchange notAllowed(String allowed, String text) {
    return FixedExchange.text(
        405, HttpFields.of("Content-Type", "text/plain").with("Allow", allowed), text);
  }
}
