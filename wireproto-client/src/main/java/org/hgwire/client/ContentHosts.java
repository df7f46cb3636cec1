// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.net.URI;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hgwire.redirects.Origin;
import org.jspecify.annotations.Nullable;

/**
 * What content hosts, to which redirects lead, get from this client besides the bare request:
 * nothing, unless something is set here for their origin (scheme, host and port, RFC 6454).
 * Immutable.
 */
public final class ContentHosts {
  /** No content host gets anything. */
  public static final ContentHosts NONE = builder().build();

  private final Map<Origin, List<HttpTransport.Header>> headers;
  private final Map<Origin, ClientKey> clientKeys;

  private ContentHosts(Builder builder) {
    Map<Origin, List<HttpTransport.Header>> copy = new HashMap<>();
    builder.headers.forEach((origin, list) -> copy.put(origin, List.copyOf(list)));
    headers = Map.copyOf(copy);
    clientKeys = Map.copyOf(builder.clientKeys);
  }

  /** Returns an empty builder. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * A key and certificate that is presented to a host that asks for one.
   *
   * @param store holds the key
   * @param password the password of the key, empty if none
   */
  public record ClientKey(KeyStore store, String password) {
    /** Hides the password. */
    @Override
    public String toString() {
      return "ClientKey";
    }
  }

  /** Returns the headers that a request for {@code url} carries. */
  public List<HttpTransport.Header> headers(URI url) {
    return headers.getOrDefault(Origin.of(url), List.of());
  }

  /** Returns the client key for {@code url}, or null if there is none. */
  public @Nullable ClientKey clientKey(URI url) {
    return clientKeys.get(Origin.of(url));
  }

  /** Collects what content hosts get. Not safe for use by several threads. */
  public static final class Builder {
    private final Map<Origin, List<HttpTransport.Header>> headers = new HashMap<>();
    private final Map<Origin, ClientKey> clientKeys = new HashMap<>();

    private Builder() {}

    /**
     * Adds a header, such as {@code Authorization}, to the requests to one origin.
     *
     * @param origin scheme, host and port; the rest is ignored
     * @throws IllegalArgumentException if it is not an http or https URL with a host, or the header
     *     is not allowed
     */
    public Builder header(URI origin, String name, String value) {
      HttpTransport.Header header = HeaderRules.checked(name, value);
      String lower = name.toLowerCase(Locale.ROOT);
      if (lower.equals("range") || lower.equals("if-range")) {
        throw new IllegalArgumentException(
            "the header " + name + " is reserved: the client sets it itself");
      }
      headers.computeIfAbsent(Origin.of(origin), absent -> new ArrayList<>()).add(header);
      return this;
    }

    /**
     * Sets the user and password for basic authentication at one origin.
     *
     * @param origin scheme, host and port; the rest is ignored
     */
    public Builder credentials(URI origin, Credentials credentials) {
      return header(origin, "Authorization", credentials.authorization());
    }

    /**
     * Sets the key and certificate that are presented to one origin, for mutual TLS.
     *
     * @param origin scheme, host and port; the rest is ignored
     */
    public Builder clientKey(URI origin, KeyStore store, String password) {
      clientKeys.put(Origin.of(origin), new ClientKey(store, password));
      return this;
    }

    /** Returns what was collected. */
    public ContentHosts build() {
      return new ContentHosts(this);
    }
  }
}
