// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.command;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who asks: what the client said of itself and how it came. Nothing of it is checked yet but the
 * certificates of the connection.
 *
 * @param connection the connection it came over
 * @param host the host it asked for
 * @param path the path of the repository it asked for, as {@link org.hgwire.server.RepositoryResolver} gets it
 * @param authorization the Authorization header, or null if there is none
 */
public record Caller(
    ClientConnection connection, String host, String path, @Nullable String authorization) {

  /**
   * A user name and a password (RFC 7617).
   *
   * @param user the user name
   * @param password the password
   */
  public record BasicCredentials(String user, String password) {
    /** Returns the user name alone: a password belongs in no log. */
    @Override
    public String toString() {
      return "BasicCredentials[user=" + user + "]";
    }
  }

  /**
   * Returns the credentials of basic authentication, or null if there are none or malformed ones.
   */
  public @Nullable BasicCredentials basicCredentials() {
    String header = authorization;
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

  /** Returns who asks, without what it authenticates itself with. */
  @Override
  public String toString() {
    return "Caller[" + connection.address() + ", host=" + host + ", path=" + path + "]";
  }
}
