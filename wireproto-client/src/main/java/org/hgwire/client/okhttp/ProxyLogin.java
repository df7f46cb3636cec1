// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.okhttp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.List;
import okhttp3.Authenticator;
import okhttp3.Challenge;
import okhttp3.Connection;
import okhttp3.Credentials;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.hgwire.client.AuthenticationRequiredException;
import org.hgwire.client.Proxies;
import org.jspecify.annotations.Nullable;

/**
 * Gives proxies their credentials: with each request that they read, because OkHttp does not repeat
 * one with a body, and when a tunnel is opened. Nothing of this goes through a tunnel.
 */
final class ProxyLogin implements Interceptor, Authenticator {
  private static final String HEADER = "Proxy-Authorization";

  /** How OkHttp calls the challenge before any response, when it opens a tunnel. */
  private static final String PREEMPTIVE = "OkHttp-Preemptive";

  private final Proxies proxies;

  ProxyLogin(Proxies proxies) {
    this.proxies = proxies;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Connection connection = chain.connection();
    Request request = chain.request();
    String login =
        connection == null || request.isHttps() ? null : login(connection.route().proxy());
    return chain.proceed(
        login == null ? request : request.newBuilder().header(HEADER, login).build());
  }

  @Override
  public @Nullable Request authenticate(@Nullable Route route, Response response)
      throws IOException {
    Proxy proxy = route == null ? Proxy.NO_PROXY : route.proxy();
    List<String> schemes = response.challenges().stream().map(Challenge::scheme).toList();
    String login = login(proxy);
    if (schemes.stream().anyMatch(PREEMPTIVE::equalsIgnoreCase)) {
      return login == null ? null : response.request().newBuilder().header(HEADER, login).build();
    }
    throw required(proxy, schemes, login != null);
  }

  private @Nullable String login(Proxy proxy) {
    org.hgwire.client.Credentials found =
        proxy.type() == Proxy.Type.HTTP ? proxies.credentialsFor(proxy) : null;
    return found == null ? null : Credentials.basic(found.user(), found.password());
  }

  private static AuthenticationRequiredException required(
      Proxy proxy, List<String> schemes, boolean sent) {
    String place =
        proxy.address() instanceof InetSocketAddress at
            ? "The proxy " + at.getHostString() + ":" + at.getPort()
            : "The proxy";
    boolean basic = schemes.isEmpty() || schemes.stream().anyMatch("Basic"::equalsIgnoreCase);
    String message;
    if (!basic) {
      message =
          " requires authentication with "
              + String.join(" or ", schemes)
              + ", which is not supported; only basic authentication is.";
    } else if (sent) {
      message = " does not accept the user and the password.";
    } else {
      message = " requires a user and a password: http://USER:PASSWORD@HOST:PORT.";
    }
    return new AuthenticationRequiredException(407, place + message, null);
  }
}
