// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.net.URI;
import java.util.List;
import org.hgwire.core.PeerText;
import org.hgwire.redirects.fetch.ContentCodings;
import org.jspecify.annotations.Nullable;

/** Finds in responses what proxies and caches on the way did to them. */
final class Intermediaries {
  private Intermediaries() {}

  /**
   * Returns what is wrong with a response whose body has a content coding although the request asks
   * for none, or null if it has none.
   */
  static @Nullable String compression(HttpTransport.Response response, URI url) {
    String coding = String.join(", ", response.headers("Content-Encoding"));
    return ContentCodings.isNone(coding)
        ? null
        : "The response of "
            + TransportFaults.place(url)
            + " was compressed ("
            + PeerText.line(coding)
            + ") although that was not asked for; switch compression off for"
            + " application/mercurial types at the proxy or web server in front of the repository"
            + trace(response)
            + ".";
  }

  /** Returns who passed a response on, as it says, in brackets; or an empty string. */
  static String trace(HttpTransport.Response response) {
    List<String> via = response.headers("Via");
    String age = response.header("Age");
    if (!via.isEmpty()) {
      return " (it came through " + PeerText.line(String.join(", ", via)) + ")";
    }
    return age == null ? "" : " (a cache has had it for " + PeerText.line(age) + " s)";
  }
}
