// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.util.List;
import java.util.Locale;
import org.hgwire.redirects.AddressPolicy;
import org.hgwire.redirects.RedirectPolicy;
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

  /** Returns the policy that the options describe. */
  RedirectPolicy policy() {
    AddressPolicy addresses = AddressPolicy.PUBLIC;
    for (String hostOrRange : allowed) {
      addresses = addresses.allowing(hostOrRange);
    }
    return RedirectPolicy.builder()
        .follow(following == Following.VERIFIED)
        .addresses(addresses)
        .build();
  }
}
