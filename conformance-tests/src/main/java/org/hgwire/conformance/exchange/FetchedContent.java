// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.exchange;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hgwire.core.ByteString;

/**
 * What was fetched from the places that redirects lead to, by requests that have nothing of those
 * to the server, no credentials above all. Not thread-safe.
 */
public final class FetchedContent {
  private final Duration timeout;
  private final Map<URI, HttpResponse> responses = new LinkedHashMap<>();

  FetchedContent(Duration timeout) {
    this.timeout = timeout;
  }

  /**
   * Fetches a URL, unless it was fetched before.
   *
   * @param url an http or https URL
   * @param certificates DER certificates that are trusted in place of the platform's; none for
   *     those of the platform
   * @throws IOException if no response came in time, TLS cannot be agreed upon, or the head of the
   *     response cannot be read
   */
  public HttpResponse get(URI url, List<ByteString> certificates) throws IOException {
    HttpResponse known = responses.get(url);
    return known == null ? getAgain(url, certificates) : known;
  }

  /**
   * Fetches a URL, whether or not it was fetched before.
   *
   * @param url an http or https URL
   * @param certificates as for {@link #get}
   * @throws IOException as {@link #get} does
   */
  public HttpResponse getAgain(URI url, List<ByteString> certificates) throws IOException {
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String target = url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    SentRequest request = new SentRequest("GET", target, Map.of(), ByteString.empty(), 0);
    try (HttpConnection connection = HttpConnection.open(url, timeout, certificates)) {
      HttpResponse response = connection.exchange(request);
      responses.put(url, response);
      return response;
    }
  }

  /** Returns what was fetched so far, in order. */
  public Map<URI, HttpResponse> responses() {
    return Collections.unmodifiableMap(responses);
  }
}
