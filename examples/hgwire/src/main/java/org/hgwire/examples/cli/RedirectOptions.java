// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.util.List;
import org.hgwire.redirects.AddressPolicy;
import org.hgwire.redirects.RedirectPolicy;
import picocli.CommandLine.Option;

/** The options that say what a server may do with content redirects. */
final class RedirectOptions {
  @Option(
      names = "--redirects",
      paramLabel = "off|verified",
      description =
          "Follow content redirects: not at all, or where what is elsewhere can be verified"
              + " (default: verified).")
  private Following following = Following.VERIFIED;

  @Option(
      names = "--redirect-allow",
      paramLabel = "HOST|CIDR",
      description =
          "Follow redirects, and fetch clone bundles, to this host, whatever its addresses are, or"
              + " to these addresses, although they are not public; may be repeated.")
  private List<String> allowed = List.of();

  /** Which redirects are followed. */
  enum Following {
    OFF,
    VERIFIED
  }

  /** Returns what was asked for. */
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
