// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.clonebundles;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.UrlAuthority;
import org.hgwire.redirects.clonebundles.RejectedEntry.Reason;
import org.jspecify.annotations.Nullable;

/** Decides whether a client can use an entry. */
final class EntryFilter {
  private final ClientCapabilities capabilities;

  EntryFilter(ClientCapabilities capabilities) {
    this.capabilities = capabilities;
  }

  /** Returns why the entry is not used, or null if it is. */
  @Nullable RejectedEntry judge(CloneBundleEntry entry) {
    RejectedEntry rejected = judgeSpec(entry);
    if (rejected == null) {
      rejected = judgeNeeds(entry);
    }
    return rejected == null ? judgeUrl(entry) : rejected;
  }

  private @Nullable RejectedEntry judgeSpec(CloneBundleEntry entry) {
    String text = entry.attribute(CloneBundleEntry.BUNDLESPEC);
    if (text == null || text.isEmpty()) {
      return null; // "If this key is not defined, an old client may attempt to apply a bundle …"
    }
    Bundlespec spec;
    try {
      spec = Bundlespec.parse(text);
    } catch (BundlespecException e) {
      return new RejectedEntry(entry, Reason.BUNDLESPEC, e.reason());
    }
    if (!capabilities.compressions().contains(spec.compression())) {
      return new RejectedEntry(
          entry,
          Reason.COMPRESSION,
          "it is compressed with " + spec.compressionName() + ", which this client cannot read");
    }
    String obstacle = spec.obstacle();
    return obstacle == null
        ? null
        : new RejectedEntry(entry, spec.isStream() ? Reason.STREAM : Reason.BUNDLESPEC, obstacle);
  }

  private @Nullable RejectedEntry judgeNeeds(CloneBundleEntry entry) {
    if (entry.attribute(CloneBundleEntry.REQUIRESNI) != null && !capabilities.serverNames()) {
      return new RejectedEntry(
          entry, Reason.SERVER_NAMES, "it requires Server Name Indication, which is not sent");
    }
    String memory = entry.attribute(CloneBundleEntry.REQUIREDRAM);
    if (memory == null) {
      return null;
    }
    BigDecimal needed = RequiredMemory.bytes(memory);
    if (needed == null) {
      return new RejectedEntry(
          entry, Reason.MEMORY, "REQUIREDRAM is not a size: " + Bundlespec.quoted(memory));
    }
    return RequiredMemory.exceeds(needed, capabilities.memory())
        ? new RejectedEntry(
            entry,
            Reason.MEMORY,
            "it needs "
                + Bundlespec.quoted(memory)
                + " of memory, more than 0.66 of "
                + capabilities.memory()
                + " bytes")
        : null;
  }

  private @Nullable RejectedEntry judgeUrl(CloneBundleEntry entry) {
    URI url;
    try {
      url = new URI(entry.url());
    } catch (URISyntaxException e) {
      return new RejectedEntry(entry, Reason.BAD_URL, "the URL is malformed: " + e.getReason());
    }
    if (entry.inlinePath() != null && capabilities.inlineBundles()) {
      // It comes from the server that lists it, over the same connection.
      return null;
    }
    String scheme = url.getScheme();
    if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
      return new RejectedEntry(
          entry,
          Reason.SCHEME,
          entry.inlinePath() == null
              ? "only http and https are fetched"
              : "the server sends it over version 1 of the protocol alone");
    }
    String malformed = malformed(url);
    if (malformed != null) {
      return new RejectedEntry(entry, Reason.BAD_URL, malformed);
    }
    URI origin = capabilities.origin();
    if (origin != null && isHttps(origin) && !isHttps(url)) {
      return new RejectedEntry(
          entry, Reason.DOWNGRADE, "the repository is https, but the URL is http");
    }
    try {
      entry.requireUsableDigest(origin, capabilities.allowSha1());
      return null;
    } catch (RedirectException e) {
      return new RejectedEntry(entry, Reason.DIGEST, String.valueOf(e.getMessage()));
    }
  }

  private static @Nullable String malformed(URI url) {
    try {
      return UrlAuthority.of(url).userInfo() == null
          ? null
          : "the URL has a user name or a password before its host";
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }

  private static boolean isHttps(URI url) {
    return "https".equalsIgnoreCase(url.getScheme());
  }
}
