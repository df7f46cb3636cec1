// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import org.hgwire.server.command.ClientConnection;

/**
 * The beginning of a request, before its body.
 *
 * @param method the method, as {@code POST}
 * @param target path and query as they came, percent-encoded
 * @param fields the header fields
 * @param connection the connection it came over
 */
public record RequestHead(
    String method, String target, HttpFields fields, ClientConnection connection) {
  /** Returns this head with another path and query. */
  public RequestHead withTarget(String other) {
    return new RequestHead(method, other, fields, connection);
  }
}
