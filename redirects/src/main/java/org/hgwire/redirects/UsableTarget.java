// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.RedirectTarget;
import org.jspecify.annotations.Nullable;

/**
 * A target that a client can use.
 *
 * @param target the target
 * @param uris its URIs that have its protocol
 */
record UsableTarget(RedirectTarget target, List<ContentUrl> uris) {
  /** Not a WireLimit: further URIs are ignored, and the capabilities that hold them are bounded. */
  private static final int MAX_URIS = 64;

  /** Returns the usable targets by name, in their order, at most {@code max} of them. */
  static Map<ByteString, UsableTarget> select(
      List<RedirectTarget> targets, Origin origin, TlsCapabilities tls, int max) {
    Map<ByteString, UsableTarget> usable = new LinkedHashMap<>();
    boolean onlySecure = origin.isSecure();
    for (RedirectTarget target : targets) {
      UsableTarget found = usable.size() < max ? find(target, onlySecure, tls) : null;
      if (found != null) {
        usable.putIfAbsent(target.name(), found);
      }
    }
    return Collections.unmodifiableMap(usable);
  }

  private static @Nullable UsableTarget find(
      RedirectTarget target, boolean onlySecure, TlsCapabilities tls) {
    String protocol = target.protocol().utf8();
    boolean secure = protocol.equals("https");
    if (!secure && (onlySecure || !protocol.equals("http"))) {
      return null;
    }
    // "if the client doesn't support SNI or TLS 1.2 …, then it omits this target name." (Content
    // Redirects)
    if ((target.sniRequired() && !tls.serverNames()) || !speaks(target, tls)) {
      return null;
    }
    List<ContentUrl> uris = new ArrayList<>();
    for (ByteString uri : target.uris()) {
      ContentUrl url = uris.size() < MAX_URIS ? read(uri) : null;
      if (url != null && url.isSecure() == secure) {
        uris.add(url);
      }
    }
    return uris.isEmpty() ? null : new UsableTarget(target, List.copyOf(uris));
  }

  private static boolean speaks(RedirectTarget target, TlsCapabilities tls) {
    List<ByteString> versions = target.tlsVersions();
    return versions.isEmpty()
        || versions.stream().anyMatch(version -> tls.versions().contains(version.utf8()));
  }

  private static @Nullable ContentUrl read(ByteString uri) {
    try {
      return ContentUrl.parse(new String(uri.toByteArray(), StandardCharsets.ISO_8859_1));
    } catch (RedirectException e) {
      return null;
    }
  }

  /** Returns whether the URL is at or below one of the URIs. */
  boolean contains(ContentUrl url) {
    return uris.stream().anyMatch(uri -> uri.contains(url));
  }
}
