// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.util.List;
import org.hgwire.client.HttpRedirects;
import org.hgwire.client.PeerOptionsBuilder;
import org.hgwire.client.Proxies;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for HTTP redirects and proxies. */
final class NetworkOptions {
  @Option(
      names = "--http-redirects",
      paramLabel = "N|off",
      description =
          "Follow at most N (0 to 5) HTTP redirects in a row, or none. Without it up to 5 of the"
              + " repository's address are followed, to the same host. With N, up to N of content"
              + " and of clone bundles that have a hash are followed too.")
  private @Nullable String httpRedirects;

  @Option(
      names = "--http-redirects-to",
      paramLabel = "HOST",
      description =
          "Follow HTTP redirects of the repository's address to this host too; may be repeated.")
  private List<String> redirectHosts = List.of();

  @Option(
      names = "--proxy",
      paramLabel = "URL|none",
      description =
          "Send all requests through this proxy, http://[USER:PASSWORD@]HOST[:PORT], or through"
              + " none (default: what http_proxy, https_proxy and no_proxy say).")
  private @Nullable String proxy;

  /** Sets what the options say. */
  void apply(PeerOptionsBuilder options) {
    HttpRedirects redirects = HttpRedirects.SAME_HOST;
    if (httpRedirects != null) {
      redirects = redirects.withMax(max(httpRedirects));
    }
    for (String host : redirectHosts) {
      redirects = redirects.to(host);
    }
    options
        .httpRedirects(redirects)
        .proxies(proxy == null ? Proxies.ofEnvironment(System.getenv()) : Proxies.parse(proxy));
  }

  /** Returns how many HTTP redirects of content are followed: none unless the user says so. */
  int ofContent() {
    return httpRedirects == null ? 0 : max(httpRedirects);
  }

  private static int max(String text) {
    if (text.equals("off")) {
      return 0;
    }
    if (!text.matches("[0-5]")) {
      throw new IllegalArgumentException("--http-redirects is 0 to 5 or off, not " + text);
    }
    return Integer.parseInt(text);
  }
}
