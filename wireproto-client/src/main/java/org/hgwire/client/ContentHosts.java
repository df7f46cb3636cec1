// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.net.URI;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What hosts of contents, those that redirects lead to, get of this client besides the bare
 * request: each nothing, unless it is named here, and then what is said for that very scheme, host
 * and port alone. Immutable.
 */
public final class ContentHosts {
  /** No host gets anything. */
  public static final ContentHosts NONE = builder().build();

  private final Map<Place, List<HttpTransport.Header>> headers;
  private final Map<Place, ClientKey> clientKeys;

  private ContentHosts(Builder builder) {
    Map<Place, List<HttpTransport.Header>> copy = new HashMap<>();
    builder.headers.forEach((place, list) -> copy.put(place, List.copyOf(list)));
    headers = Map.copyOf(copy);
    clientKeys = Map.copyOf(builder.clientKeys);
  }

  /** Returns a builder with nothing in it. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * A key and certificate that is shown to a host that asks for one.
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
    return headers.getOrDefault(Place.of(url), List.of());
  }

  /** Returns the client key for {@code url}, or null if there is none. */
  public @Nullable ClientKey clientKey(URI url) {
    return clientKeys.get(Place.of(url));
  }

  private record Place(String scheme, String host, int port) {
    static Place of(URI url) {
      String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
      String host = url.getHost();
      if (host == null || !(scheme.equals("http") || scheme.equals("https"))) {
        throw new IllegalArgumentException("a content host is http or https and a host");
      }
      int standard = scheme.equals("https") ? 443 : 80;
      return new Place(
          scheme, host.toLowerCase(Locale.ROOT), url.getPort() < 0 ? standard : url.getPort());
    }
  }

  /** Collects what hosts get. Not safe for use by several threads. */
  public static final class Builder {
    private final Map<Place, List<HttpTransport.Header>> headers = new HashMap<>();
    private final Map<Place, ClientKey> clientKeys = new HashMap<>();

    private Builder() {}

    /**
     * Adds a header, as {@code Authorization}, to the requests to one host.
     *
     * @param host scheme, host and port; the rest does not count
     * @throws IllegalArgumentException if it is not that, or the header is not one
     */
    public Builder header(URI host, String name, String value) {
      HttpTransport.Header header = HeaderRules.checked(name, value);
      String lower = name.toLowerCase(Locale.ROOT);
      if (lower.equals("range") || lower.equals("if-range")) {
        throw new IllegalArgumentException("the header " + name + " is set by the client itself");
      }
      headers.computeIfAbsent(Place.of(host), place -> new ArrayList<>()).add(header);
      return this;
    }

    /**
     * Sets the user and password for basic authentication at one host.
     *
     * @param host scheme, host and port; the rest does not count
     */
    public Builder credentials(URI host, Credentials credentials) {
      return header(host, "Authorization", credentials.authorization());
    }

    /**
     * Sets the key and certificate that one host is shown, for mutual TLS.
     *
     * @param host scheme, host and port; the rest does not count
     */
    public Builder clientKey(URI host, KeyStore store, String password) {
      clientKeys.put(Place.of(host), new ClientKey(store, password));
      return this;
    }

    /** Returns what was collected. */
    public ContentHosts build() {
      return new ContentHosts(this);
    }
  }
}
