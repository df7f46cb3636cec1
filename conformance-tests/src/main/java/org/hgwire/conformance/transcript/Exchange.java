// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.transcript;

import java.util.Map;
import org.hgwire.core.ByteString;

/**
 * One HTTP request and its response, as they were on the wire.
 *
 * @param method the method of the request
 * @param target the path and query of the request
 * @param requestHeaders the headers of the request, with names in lower case
 * @param requestBody the body of the request, without transfer coding
 * @param status the status of the response
 * @param responseHeaders the headers of the response, with names in lower case
 * @param responseBody the body of the response, without transfer coding
 */
public record Exchange(
    String method,
    String target,
    Map<String, String> requestHeaders,
    ByteString requestBody,
    int status,
    Map<String, String> responseHeaders,
    ByteString responseBody) {}
