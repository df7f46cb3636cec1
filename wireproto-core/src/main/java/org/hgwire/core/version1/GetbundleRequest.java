// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.version1;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.bundle.BundleCapabilities;
import org.hgwire.core.command.Node;

/**
 * The request for a bundle of changesets, with their manifests and files, and of what else a
 * repository has (wireprotocol, getbundle).
 *
 * @param common changesets that the client has, with their ancestors
 * @param heads changesets that the client wants, with their ancestors; if there are none, all
 * @param changesets whether the changesets are sent
 * @param namespaces pushkey namespaces whose keys and values are sent, by a server that can: one
 *     with the bundle capability {@code listkeys}
 * @param markers whether obsolescence markers are sent, by a server that has them: those that are
 *     relevant to the heads and their ancestors
 */
public record GetbundleRequest(
    List<Node> common,
    List<Node> heads,
    boolean changesets,
    List<String> namespaces,
    boolean markers) {
  private static final String CHANGEGROUP = "changegroup";
  private static final String LISTKEYS = "listkeys";
  private static final String MARKERS = "obsmarkers";
  private static final List<String> MARKER_VERSIONS = List.of("V1");

  /** Copies the lists. */
  public GetbundleRequest {
    common = List.copyOf(common);
    heads = List.copyOf(heads);
    namespaces = List.copyOf(namespaces);
  }

  /** Requests changesets, and nothing besides. */
  public GetbundleRequest(List<Node> common, List<Node> heads) {
    this(common, heads, true, List.of(), false);
  }

  /**
   * Returns whether a server with these capabilities responds with HG20; otherwise the response is
   * a changegroup of version 01 without the header of a bundle.
   */
  public static boolean isBundle2(Version1Capabilities capabilities) {
    return capabilities.bundles() != null;
  }

  /** Returns the request to a server with these capabilities. */
  public Version1Request toRequest(Version1Capabilities capabilities) {
    Version1Request request = Version1Request.of(Version1Capabilities.GETBUNDLE);
    if (changesets) {
      request = request.with("common", common.isEmpty() ? List.of(Node.NULL) : common);
    }
    if (!heads.isEmpty()) {
      request = request.with("heads", heads);
    }
    BundleCapabilities bundles = capabilities.bundles();
    if (bundles == null) {
      return request;
    }
    boolean sendsMarkers = MARKER_VERSIONS.stream().anyMatch(v -> bundles.has(MARKERS, v));
    Map<String, List<String>> understood = new LinkedHashMap<>();
    understood.put("HG20", List.of());
    understood.put(CHANGEGROUP, List.of("01", "02", "03"));
    if (!namespaces.isEmpty()) {
      understood.put(LISTKEYS, List.of());
    }
    if (markers && sendsMarkers) {
      understood.put(MARKERS, MARKER_VERSIONS);
    }
    String quoted = new BundleCapabilities(understood).quoted();
    request =
        request
            .with("bundlecaps", ByteString.utf8("HG20,bundle2=" + quoted))
            .with("cg", ByteString.utf8(changesets ? "1" : "0"));
    if (!namespaces.isEmpty() && bundles.has(LISTKEYS)) {
      request = request.with(LISTKEYS, ByteString.utf8(String.join(",", namespaces)));
    }
    if (markers && sendsMarkers) {
      request = request.with(MARKERS, ByteString.utf8("1"));
    }
    return request;
  }
}
