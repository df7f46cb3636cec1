// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.exchange;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP response.
 *
 * @param status the status code, or {@link #NONE}
 * @param headers the headers, names in lower case; of several with one name, the values joined by
 *     commas
 * @param body the body, without transfer coding, as far as it came
 * @param broken why the body is not whole, or null if it is
 */
public record HttpResponse(
    int status, Map<String, String> headers, ByteString body, @Nullable String broken) {
  /** The status of a connection that was closed without a response. */
  public static final int NONE = 0;

  /** Copies the headers. */
  public HttpResponse {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** Returns what stands for a connection that was closed without a response. */
  static HttpResponse none() {
    return new HttpResponse(
        NONE, Map.of(), ByteString.empty(), "the connection was closed without a response");
  }

  /** Returns the media type without parameters, or an empty string. */
  public String mediaType() {
    String type = headers.getOrDefault("content-type", "");
    int parameters = type.indexOf(';');
    return (parameters < 0 ? type : type.substring(0, parameters)).strip();
  }
}
