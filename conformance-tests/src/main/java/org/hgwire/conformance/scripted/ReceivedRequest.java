// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.scripted;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hgwire.conformance.exchange.HttpInput;
import org.hgwire.core.ByteString;

/**
 * An HTTP request that a client made.
 *
 * @param method the method
 * @param target the path and the query
 * @param headers the headers, names in lower case; of several with one name, the values joined by
 *     commas
 * @param body the body, without transfer coding
 */
public record ReceivedRequest(
    String method, String target, Map<String, String> headers, ByteString body) {
  /** Copies the headers. */
  public ReceivedRequest {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /**
   * Reads a request.
   *
   * @throws IOException if it cannot be read, or is no request
   */
  static ReceivedRequest read(HttpInput input) throws IOException {
    String[] start = input.line().split(" ", -1);
    if (start.length != 3) {
      throw new IOException("this is no HTTP request");
    }
    Map<String, String> headers = input.headers();
    input.readBody(headers);
    return new ReceivedRequest(start[0], start[1], headers, ByteString.copyOf(input.body()));
  }
}
