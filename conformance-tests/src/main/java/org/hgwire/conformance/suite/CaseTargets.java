// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hgwire.conformance.exchange.SentRequest;
import org.hgwire.core.command.HttpV2Api;

/** Turns the relative targets of cases into those of a server. */
final class CaseTargets {
  private static final Map<String, String> FRAMES =
      Map.of("accept", HttpV2Api.FRAMING_MEDIA_TYPE, "content-type", HttpV2Api.FRAMING_MEDIA_TYPE);

  private final String repository;
  private final String api;
  private final Map<String, String> headers;

  /**
   * Makes targets of a repository.
   *
   * @param repository its path, with a slash at its end
   * @param api the path of the API of version 2 below the host
   * @param headers what every request has
   */
  CaseTargets(String repository, String api, Map<String, String> headers) {
    this.repository = repository;
    this.api = api;
    this.headers = headers;
  }

  SentRequest resolve(SentRequest request) {
    String target = request.target();
    if (target.startsWith("?")) {
      // Mercurial's own clients ask a repository at /repo for /repo?cmd=…, one at / for /?cmd=….
      String path =
          repository.length() > 1 ? repository.substring(0, repository.length() - 1) : repository;
      return request.withTarget(path + target).withDefaults(headers);
    }
    if (target.startsWith("/")) {
      return request.withDefaults(headers);
    }
    if (target.startsWith(HttpV2Api.API_BASE)) {
      return request.withTarget(repository + target).withDefaults(headers);
    }
    Map<String, String> defaults = new LinkedHashMap<>(FRAMES);
    defaults.putAll(headers);
    return request.withTarget(api + target).withDefaults(defaults);
  }
}
