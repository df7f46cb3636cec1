// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import java.security.Principal;
import java.util.HashMap;
import java.util.Map;
import org.hgwire.server.command.ClientConnection;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a request, before its body.
 *
 * <p>A host that authenticates requests itself, in an {@link HttpService} around the endpoint or in
 * an adapter, attaches the principal and attributes here; they reach every {@link
 * org.hgwire.server.command.Caller}.
 *
 * @param method the method, such as {@code POST}
 * @param target path and query as they came, percent-encoded
 * @param protocol the version of HTTP: {@code HTTP/1.0}, {@code HTTP/1.1}, {@code HTTP/2}
 * @param fields the header fields
 * @param connection the connection it came over
 * @param principal the authenticated user, or null if there is none
 * @param attributes what the host attached
 */
public record RequestHead(
    String method,
    String target,
    String protocol,
    HttpFields fields,
    ClientConnection connection,
    @Nullable Principal principal,
    Map<String, Object> attributes) {
  /** Copies the map. */
  public RequestHead {
    attributes = Map.copyOf(attributes);
  }

  /** Makes a head of HTTP/1.1 without principal and attributes. */
  public RequestHead(String method, String target, HttpFields fields, ClientConnection connection) {
    this(method, target, "HTTP/1.1", fields, connection, null, Map.of());
  }

  /** Returns whether the method is GET, or HEAD: the same without the body of the response. */
  public boolean isRead() {
    return method.equals("GET") || method.equals("HEAD");
  }

  /** Returns this head with another path and query. */
  public RequestHead withTarget(String other) {
    return new RequestHead(method, other, protocol, fields, connection, principal, attributes);
  }

  /** Returns this head with other header fields. */
  RequestHead withFields(HttpFields other) {
    return new RequestHead(method, target, protocol, other, connection, principal, attributes);
  }

  /** Returns this head with another principal, or none. */
  public RequestHead withPrincipal(@Nullable Principal other) {
    return new RequestHead(method, target, protocol, fields, connection, other, attributes);
  }

  /** Returns this head with an attribute added or replaced. */
  public RequestHead withAttribute(String name, Object value) {
    Map<String, Object> more = new HashMap<>(attributes);
    more.put(name, value);
    return new RequestHead(method, target, protocol, fields, connection, principal, more);
  }

  /** Returns method, target and address: header fields and attributes may hold secrets. */
  @Override
  public String toString() {
    return "RequestHead[" + method + " " + target + ", " + connection.address() + "]";
  }
}
