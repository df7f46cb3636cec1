// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.hgwire.client.TlsOptions;
import org.hgwire.redirects.AddressPolicy;
import org.hgwire.redirects.RedirectPolicy;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for content redirects. */
final class RedirectOptions {
  @Option(
      names = "--redirects",
      paramLabel = "off|verified",
      description =
          "Follow content redirects not at all, or where the content can be verified (default:"
              + " verified). With off, no clone bundles are used either.")
  private Following following = Following.VERIFIED;

  @Option(
      names = "--redirect-allow",
      paramLabel = "HOST|CIDR",
      description =
          "Fetch redirected content and clone bundles from this host, whatever its addresses, or"
              + " from these addresses, even if they are not public; may be repeated.")
  private List<String> allowed = List.of();

  @Option(
      names = "--redirect-cacert",
      paramLabel = "FILE",
      description =
          "For content hosts, trust the certificates in this PEM file and no others, besides what"
              + " the server names.")
  private @Nullable Path authorities;

  /** Which redirects are followed. */
  enum Following {
    OFF,
    VERIFIED;

    /** Returns the name as it is given and completed. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Returns the policy that the options describe.
   *
   * @param httpRedirects how many HTTP redirects of content hosts are followed
   * @throws IOException if the file of certificates cannot be read
   */
  RedirectPolicy policy(int httpRedirects) throws IOException {
    AddressPolicy addresses = AddressPolicy.PUBLIC;
    for (String hostOrRange : allowed) {
      addresses = addresses.allowing(hostOrRange);
    }
    return RedirectPolicy.builder()
        .follow(following == Following.VERIFIED)
        .addresses(addresses)
        .maxHttpRedirects(httpRedirects)
        .authorities(
            authorities == null ? List.of() : TlsOptions.trusting(authorities).authorities())
        .build();
  }
}
