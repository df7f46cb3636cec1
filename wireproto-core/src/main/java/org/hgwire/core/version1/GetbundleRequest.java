// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.version1;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.bundle.BundleCapabilities;
import org.hgwire.core.command.Node;

/**
 * The request for a bundle of changesets, with their manifests and files (wireprotocol, getbundle).
 *
 * @param common changesets that the client has, with their ancestors
 * @param heads changesets that the client wants, with their ancestors
 */
public record GetbundleRequest(List<Node> common, List<Node> heads) {
  private static final String BUNDLE2 = "bundle2";

  /** Copies the lists. */
  public GetbundleRequest {
    common = List.copyOf(common);
    heads = List.copyOf(heads);
  }

  /**
   * Returns whether a server with these capabilities responds with HG20; otherwise the response is
   * a changegroup of version 01 without the header of a bundle.
   */
  public static boolean isBundle2(Version1Capabilities capabilities) {
    return capabilities.has(BUNDLE2);
  }

  /** Returns the request to a server with these capabilities. */
  public Version1Request toRequest(Version1Capabilities capabilities) {
    Version1Request request =
        Version1Request.of(Version1Capabilities.GETBUNDLE)
            .with("common", common.isEmpty() ? List.of(Node.NULL) : common)
            .with("heads", heads);
    if (!isBundle2(capabilities)) {
      return request;
    }
    Map<String, List<String>> understood = new LinkedHashMap<>();
    understood.put("HG20", List.of());
    understood.put("changegroup", List.of("01", "02", "03"));
    String quoted = new BundleCapabilities(understood).quoted();
    return request
        .with("bundlecaps", ByteString.utf8("HG20," + BUNDLE2 + "=" + quoted))
        .with("cg", ByteString.utf8("1"));
  }
}
