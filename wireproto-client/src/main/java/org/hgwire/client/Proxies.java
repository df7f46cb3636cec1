// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.hgwire.redirects.Origin;
import org.hgwire.redirects.UrlAuthority;
import org.jspecify.annotations.Nullable;

/**
 * Through which proxy each request is sent. Immutable; safe for use by several threads.
 *
 * <p>An HTTP proxy is asked for a tunnel (CONNECT) if the URL is https, so that it sees host and
 * port only, and TLS with its checks and pins is with the server. It gets its own credentials at
 * once, by basic authentication, and nothing else gets them.
 */
public final class Proxies {
  /** The choice of {@link java.net.ProxySelector}: that of the platform and its properties. */
  public static final Proxies PLATFORM =
      new Proxies(Map.of(), NoProxy.NOTHING, Map.of(), null, true);

  /** No proxy, whatever the platform's settings are. */
  public static final Proxies NONE = of(Proxy.NO_PROXY);

  private static final int HTTP_PORT = 80;

  private final Map<String, Proxy> byScheme;
  private final NoProxy exceptions;
  private final Map<Proxy, Credentials> credentials;
  private final @Nullable Credentials otherwise;
  private final boolean platform;

  private Proxies(
      Map<String, Proxy> byScheme,
      NoProxy exceptions,
      Map<Proxy, Credentials> credentials,
      @Nullable Credentials otherwise,
      boolean platform) {
    this.byScheme = Map.copyOf(byScheme);
    this.exceptions = exceptions;
    this.credentials = Map.copyOf(credentials);
    this.otherwise = otherwise;
    this.platform = platform;
  }

  /** Returns one proxy for all requests; {@link Proxy#NO_PROXY} for none. */
  public static Proxies of(Proxy proxy) {
    return new Proxies(
        Map.of("http", proxy, "https", proxy), NoProxy.NOTHING, Map.of(), null, false);
  }

  /** Returns the same proxies, with credentials for each that has none of its own. */
  public Proxies withCredentials(Credentials login) {
    return new Proxies(byScheme, exceptions, credentials, login, platform);
  }

  /**
   * Returns one proxy for all requests.
   *
   * @param text {@code none}, or {@code [http://][USER:PASSWORD@]HOST[:PORT]}; the port is 80 if
   *     there is none
   * @throws IllegalArgumentException if it is something else; the message has no password
   */
  public static Proxies parse(String text) {
    if (text.equals("none")) {
      return NONE;
    }
    Server server = Server.parse(text);
    Credentials login = server.login();
    return login == null ? of(server.proxy()) : of(server.proxy()).withCredentials(login);
  }

  /**
   * Returns the proxies that the variables of an environment name, such as {@link System#getenv()}:
   * {@code http_proxy} and {@code https_proxy} for URLs with these schemes, and {@code no_proxy}
   * for exceptions; or the same in capitals, where the former is missing. {@code HTTP_PROXY} is
   * ignored where {@code REQUEST_METHOD} is set: in a CGI program the client of the web server sets
   * it. The proxies have the form of {@link #parse}; an empty one is none.
   *
   * <p>{@code no_proxy} is a list, separated by commas or white space, of host names, which stand
   * for the hosts below them too, with or without a dot or {@code *.} before them; addresses;
   * ranges such as {@code 10.0.0.0/8}, for hosts that are given as addresses; each may have a port.
   * {@code *} is every host. Requests to {@code localhost} and to loopback addresses are never sent
   * to a proxy.
   *
   * @return {@link #PLATFORM} if neither variable names a proxy
   * @throws IllegalArgumentException if one is malformed; the message names it
   */
  public static Proxies ofEnvironment(Map<String, String> environment) {
    Map<String, Proxy> byScheme = new HashMap<>();
    Map<Proxy, Credentials> logins = new HashMap<>();
    for (String scheme : new String[] {"http", "https"}) {
      String name = scheme + "_proxy";
      String text = variable(environment, name);
      if (!text.isEmpty()) {
        Server server;
        try {
          server = Server.parse(text);
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException("the variable " + name + ": " + e.getMessage(), e);
        }
        byScheme.put(scheme, server.proxy());
        Credentials login = server.login();
        if (login != null) {
          logins.put(server.proxy(), login);
        }
      }
    }
    return byScheme.isEmpty()
        ? PLATFORM
        : new Proxies(
            byScheme, NoProxy.parse(variable(environment, "no_proxy")), logins, null, false);
  }

  private static String variable(Map<String, String> environment, String name) {
    String value = environment.get(name);
    boolean inCgi = name.equals("http_proxy") && environment.containsKey("REQUEST_METHOD");
    if (value == null && !inCgi) {
      value = environment.get(name.toUpperCase(Locale.ROOT));
    }
    return value == null ? "" : value.strip();
  }

  /**
   * Returns the proxy for a request, {@link Proxy#NO_PROXY} for none, or null if the platform
   * chooses.
   */
  public @Nullable Proxy proxyFor(URI url) {
    if (platform) {
      return null;
    }
    Origin origin = Origin.of(url);
    Proxy proxy = byScheme.get(origin.scheme());
    return proxy == null || exceptions.contains(origin) ? Proxy.NO_PROXY : proxy;
  }

  /** Returns the credentials that a proxy gets, or null. */
  public @Nullable Credentials credentialsFor(Proxy proxy) {
    return credentials.getOrDefault(proxy, otherwise);
  }

  /** A proxy, as a URL names it. */
  private record Server(Proxy proxy, @Nullable Credentials login) {
    static Server parse(String text) {
      URI url;
      UrlAuthority authority;
      try {
        url = new URI(text.contains("://") ? text : "http://" + text);
        authority = UrlAuthority.of(url);
      } catch (URISyntaxException e) {
        throw wrong(e.getReason());
      } catch (IllegalArgumentException e) {
        throw wrong(String.valueOf(e.getMessage()));
      }
      String path = url.getRawPath() == null ? "" : url.getRawPath();
      if (!(path.isEmpty() || path.equals("/"))
          || url.getRawQuery() != null
          || url.getRawFragment() != null) {
        throw wrong("there is more after the host");
      }
      if (!url.getScheme().equalsIgnoreCase("http")) {
        throw wrong(url.getScheme() + " is not supported");
      }
      String host = authority.host();
      String plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
      int port = authority.port() < 0 ? HTTP_PORT : authority.port();
      return new Server(
          new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(plain, port)),
          Credentials.of(url));
    }

    private static IllegalArgumentException wrong(String why) {
      return new IllegalArgumentException(
          "a proxy is [http://][USER:PASSWORD@]HOST[:PORT]: " + why);
    }
  }
}
