// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command;

import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The caller of a server: where it comes from, what it asked for, what it sent to identify itself,
 * and what the host attached to its request.
 *
 * <p>The header fields, and so the credentials, are the client's claims. What is verified is the
 * certificates of the connection, the principal and the attributes. Immutable, except for the
 * values of attributes.
 *
 * @param connection the connection that the request came over
 * @param host the host that the client asked for, with its port if it gave one; empty if it gave
 *     none
 * @param path the path of the repository: the part of the URL's path before the protocol's own,
 *     percent-decoded, without a slash at either end; empty for the root. It has no empty segment,
 *     no {@code .} and no {@code ..}
 * @param headers the values of all header fields of the request by name, without regard to case
 * @param principal the user, as authenticated by a filter of the host or a server's adapter; null
 *     if none did
 * @param attributes what a filter of the host attached to the request
 */
public record Caller(
    ClientConnection connection,
    String host,
    String path,
    Map<String, List<String>> headers,
    @Nullable Principal principal,
    Map<String, Object> attributes) {
  /** Copies the maps. */
  public Caller {
    Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach(
        (name, values) ->
            copy.merge(
                name,
                List.copyOf(values),
                (some, more) -> {
                  List<String> all = new ArrayList<>(some);
                  all.addAll(more);
                  return List.copyOf(all);
                }));
    headers = Collections.unmodifiableMap(copy);
    attributes = Map.copyOf(attributes);
  }

  /** Returns a caller without header fields, principal and attributes. */
  public static Caller of(ClientConnection connection, String host, String path) {
    return new Caller(connection, host, path, Map.of(), null, Map.of());
  }

  /** Returns this caller as one that asks for another path. */
  public Caller withPath(String other) {
    return new Caller(connection, host, other, headers, principal, attributes);
  }

  /** Returns this caller with other header fields. */
  public Caller withHeaders(Map<String, List<String>> others) {
    return new Caller(connection, host, path, others, principal, attributes);
  }

  /** Returns this caller with another principal, or none. */
  public Caller withPrincipal(@Nullable Principal other) {
    return new Caller(connection, host, path, headers, other, attributes);
  }

  /** Returns this caller with other attributes. */
  public Caller withAttributes(Map<String, Object> others) {
    return new Caller(connection, host, path, headers, principal, others);
  }

  /**
   * A user name and a password (RFC 7617).
   *
   * @param user the user name
   * @param password the password
   */
  public record BasicCredentials(String user, String password) {
    /** Returns the user name alone: passwords do not belong in logs. */
    @Override
    public String toString() {
      return "BasicCredentials[user=" + user + "]";
    }
  }

  /** Returns the address of the client, or null if it is not known. */
  public @Nullable SocketAddress address() {
    return connection.address();
  }

  /** Returns the first value of a header field, or null if there is none of that name. */
  public @Nullable String header(String name) {
    List<String> values = headers.get(name);
    return values == null || values.isEmpty() ? null : values.get(0);
  }

  /**
   * Returns the credentials of basic authentication, not verified; null if there are none or
   * malformed ones.
   */
  public @Nullable BasicCredentials basicCredentials() {
    String header = header("Authorization");
    if (header == null || !header.toLowerCase(Locale.ROOT).startsWith("basic ")) {
      return null;
    }
    byte[] decoded;
    try {
      decoded = Base64.getDecoder().decode(header.substring("basic ".length()).strip());
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
    String pair = new String(decoded, StandardCharsets.UTF_8);
    int colon = pair.indexOf(':');
    return colon < 0
        ? null
        : new BasicCredentials(pair.substring(0, colon), pair.substring(colon + 1));
  }

  /**
   * Returns the name of the user for logs and messages: of the principal; without one, of the basic
   * credentials, not verified; null if there are neither.
   */
  public @Nullable String userName() {
    if (principal != null) {
      return principal.getName();
    }
    BasicCredentials claimed = basicCredentials();
    return claimed == null ? null : claimed.user();
  }

  /** Returns address, host and path: header fields and attributes may hold secrets. */
  @Override
  public String toString() {
    return "Caller[" + connection.address() + ", host=" + host + ", path=" + path + "]";
  }
}
