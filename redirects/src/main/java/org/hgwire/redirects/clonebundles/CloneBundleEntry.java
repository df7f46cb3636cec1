// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.clonebundles;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.hgwire.core.ByteString;
import org.hgwire.redirects.ContentExpectation;
import org.hgwire.redirects.HashAlgorithm;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.RedirectFault;
import org.hgwire.redirects.RedirectPolicy;
import org.jspecify.annotations.Nullable;

/**
 * One bundle of a manifest.
 *
 * @param line the number of its line, from 1; 0 if it was not read from a manifest
 * @param url its URL as it is in the manifest: printable ASCII without spaces, not checked further
 * @param attributes the attributes in order, decoded; of several with the same key the last one.
 *     COMPRESSION and VERSION are added from BUNDLESPEC. There are no control characters, and no
 *     key {@code URL}
 */
public record CloneBundleEntry(int line, String url, Map<String, String> attributes) {
  /** The type of the bundle. */
  public static final String BUNDLESPEC = "BUNDLESPEC";

  /** The compression of the bundle. */
  public static final String COMPRESSION = "COMPRESSION";

  /** The version of the bundle. */
  public static final String VERSION = "VERSION";

  /** Present if the URL can only be fetched with Server Name Indication. */
  public static final String REQUIRESNI = "REQUIRESNI";

  /** How much memory decoding the bundle takes. */
  public static final String REQUIREDRAM = "REQUIREDRAM";

  /** Hashes of the file. */
  public static final String DIGEST = "DIGEST";

  private static final String INLINE = "peer-bundle-cache://";

  /** Copies the map, keeps its order, and adds what follows from BUNDLESPEC. */
  public CloneBundleEntry {
    if (line < 0 || url.isEmpty() || !url.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException(
          "an entry has a line from 0 on and a URL of printable ASCII");
    }
    attributes = Collections.unmodifiableMap(complete(attributes));
  }

  /** Returns an entry that was not read from a manifest. */
  public static CloneBundleEntry of(String url, Map<String, String> attributes) {
    return new CloneBundleEntry(0, url, attributes);
  }

  /**
   * Returns the path of a bundle that the server sends over the connection to it, or null: what
   * follows {@code peer-bundle-cache://}.
   */
  public @Nullable String inlinePath() {
    return url.regionMatches(true, 0, INLINE, 0, INLINE.length())
        ? url.substring(INLINE.length())
        : null;
  }

  private static Map<String, String> complete(Map<String, String> given) {
    Map<String, String> attributes = new LinkedHashMap<>(given);
    attributes.forEach(
        (key, value) -> {
          if (key.equals("URL") || hasControl(key) || hasControl(value)) {
            throw new IllegalArgumentException(
                "an attribute has no control characters, and is not called URL");
          }
        });
    Bundlespec spec = Bundlespec.find(attributes.get(BUNDLESPEC));
    if (spec != null) {
      attributes.putIfAbsent(COMPRESSION, spec.compressionName());
      attributes.putIfAbsent(VERSION, spec.version());
    }
    return attributes;
  }

  static boolean hasControl(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }

  /** Returns the value of an attribute, or null if there is none with this key. */
  public @Nullable String attribute(String key) {
    return attributes.get(key);
  }

  /** Returns the BUNDLESPEC, or null if there is none or it is unknown. */
  public @Nullable Bundlespec bundlespec() {
    return Bundlespec.find(attributes.get(BUNDLESPEC));
  }

  /** Returns the DIGEST, or null if there is none. */
  public @Nullable DigestAttribute digest() {
    String value = attributes.get(DIGEST);
    return value == null ? null : DigestAttribute.parse(value);
  }

  /**
   * Returns what the file is checked against.
   *
   * @param origin the repository that the manifest came from
   * @param policy says whether a hash of SHA-1 alone is enough, and how long the file may be: a
   *     manifest does not give its size
   * @throws RedirectException if DIGEST is malformed or has no accepted hash, or is missing
   *     although the manifest or the file comes over http
   */
  public ContentExpectation expectation(URI origin, RedirectPolicy policy)
      throws RedirectException {
    return new ContentExpectation(
        OptionalLong.empty(),
        policy.maxBytes(),
        requireUsableDigest(origin, policy.allowSha1()),
        ByteString.empty(),
        null);
  }

  /** Returns the hashes; without an origin none are required. */
  Map<HashAlgorithm, ByteString> requireUsableDigest(@Nullable URI origin, boolean allowSha1)
      throws RedirectException {
    DigestAttribute digest = digest();
    if (digest != null) {
      return digest.require(allowSha1);
    }
    if (origin != null && !(isSecure(origin.toString()) && isSecure(url))) {
      throw new RedirectException(
          RedirectFault.NO_USABLE_HASH,
          "a clone bundle needs a DIGEST if it or its manifest comes over http");
    }
    return Map.of();
  }

  private static boolean isSecure(String url) {
    return url.regionMatches(true, 0, "https:", 0, "https:".length());
  }

  /** Returns the line of a manifest for this entry, without a line end. */
  public String print() {
    StringBuilder text = new StringBuilder(url);
    Bundlespec spec = bundlespec();
    if (spec != null) {
      // Before the others: attributes after BUNDLESPEC override it.
      append(text, BUNDLESPEC, String.valueOf(attributes.get(BUNDLESPEC)));
    }
    attributes.forEach(
        (key, value) -> {
          if (spec == null || !isImpliedBy(spec, key, value)) {
            append(text, key, value);
          }
        });
    return text.toString();
  }

  private static boolean isImpliedBy(Bundlespec spec, String key, String value) {
    return switch (key) {
      case BUNDLESPEC -> true;
      case COMPRESSION -> value.equals(spec.compressionName());
      case VERSION -> value.equals(spec.version());
      default -> false;
    };
  }

  private static void append(StringBuilder text, String key, String value) {
    text.append(' ')
        .append(PercentEncoding.encode(key, ""))
        .append('=')
        .append(PercentEncoding.encode(value, ""));
  }
}
