// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.clonebundles;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.hgwire.redirects.UrlAuthority;

/** Checks the URL of an entry for {@link ManifestLint}. */
final class UrlLint {
  private UrlLint() {}

  static void check(CloneBundleEntry entry, Findings findings) {
    String text = entry.url();
    int line = entry.line();
    if (text.startsWith("#")) {
      findings.warning(
          line, "manifests have no comments: this line is an entry whose URL is the first word");
      return;
    }
    if (text.indexOf('=') > 0 && text.indexOf(':') < 0) {
      findings.warning(line, "the line begins with an attribute: write the URL first");
      return;
    }
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException e) {
      findings.warning(line, "the URL is malformed, percent-encode it: " + e.getReason());
      return;
    }
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    switch (scheme) {
      case "http", "https" -> checkWeb(url, line, findings);
      case "peer-bundle-cache" ->
          findings.warning(
              line,
              "an inline bundle: only newer versions of Mercurial accept it, older ones fail;"
                  + " put an entry with an https URL before it");
      default ->
          findings.warning(
              line, "only http and https are fetched by all clients, others fail: change the URL");
    }
  }

  private static void checkWeb(URI url, int line, Findings findings) {
    UrlAuthority authority;
    try {
      authority = UrlAuthority.of(url);
    } catch (IllegalArgumentException e) {
      findings.warning(line, "clients skip the entry: " + e.getMessage());
      return;
    }
    String host = authority.host();
    if (host.indexOf('_') >= 0) {
      findings.warning(
          line,
          "the host "
              + host
              + " has an underscore, which TLS libraries and some clients refuse: use another"
              + " name");
    }
    if (authority.userInfo() != null) {
      findings.warning(
          line,
          "the URL holds a user name or password, which everybody can read: use a signed URL or an"
              + " open one; this library skips the entry");
    }
    if (url.getFragment() != null) {
      findings.warning(line, "the URL has a fragment, which means nothing here: remove it");
    }
    if (LocalHosts.isLocal(host)) {
      findings.warning(
          line,
          "the host "
              + host
              + " is only reachable from inside a network, and this library refuses such addresses"
              + " unless its user allows them");
    }
  }
}
