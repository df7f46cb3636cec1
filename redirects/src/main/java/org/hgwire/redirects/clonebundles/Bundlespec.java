// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.clonebundles;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import org.hgwire.core.PeerText;
import org.hgwire.core.bundle.BundleCompression;
import org.jspecify.annotations.Nullable;

/**
 * The type of a bundle: {@code <compression>-<version>[;key=value]…}, in the strict form of
 * manifests ({@code hg help bundlespec}). Keys and values of parameters are percent-encoded.
 *
 * @param compression the compression
 * @param version the version as written: {@code v1}, {@code v2}, its old name {@code bundle2},
 *     {@code v3} of newer versions of Mercurial, {@code packed1}, or one that begins with {@code
 *     streamv}
 * @param parameters the parameters in order, decoded; of several with the same key the last one
 */
public record Bundlespec(
    BundleCompression compression, String version, Map<String, String> parameters) {
  private static final Map<String, BundleCompression> COMPRESSIONS =
      Map.of(
          "none", BundleCompression.NONE,
          "gzip", BundleCompression.ZLIB,
          "bzip2", BundleCompression.BZIP2,
          "zstd", BundleCompression.ZSTD);

  /** Checks that the version is known and supports the compression, and copies the map. */
  public Bundlespec {
    if (!isVersion(version) || !supports(version, compression)) {
      throw new IllegalArgumentException("there are no bundles " + compression + "-" + version);
    }
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /**
   * Parses a bundlespec.
   *
   * @throws BundlespecException if it is malformed, or names a compression or version that is not
   *     known
   */
  public static Bundlespec parse(String text) throws BundlespecException {
    String[] parts = text.split(";", -1);
    int dash = parts[0].indexOf('-');
    if (dash < 0) {
      throw new BundlespecException(
          quoted(parts[0]) + " is not of the form <compression>-<version>");
    }
    String name = parts[0].substring(0, dash);
    String version = parts[0].substring(dash + 1);
    BundleCompression compression = COMPRESSIONS.get(name);
    if (compression == null) {
      throw new BundlespecException("the compression " + quoted(name) + " is unknown");
    }
    if (!isVersion(version)) {
      throw new BundlespecException("the version " + quoted(version) + " is unknown");
    }
    if (!supports(version, compression)) {
      throw new BundlespecException("bundles " + version + " are not compressed with " + name);
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals < 0) {
        throw new BundlespecException("the parameter " + quoted(parts[i]) + " has no \"=\"");
      }
      parameters.put(
          decoded(parts[i].substring(0, equals)), decoded(parts[i].substring(equals + 1)));
    }
    return new Bundlespec(compression, version, parameters);
  }

  /** Parses a bundlespec; returns null if {@link #parse} would refuse it. */
  static @Nullable Bundlespec find(@Nullable String text) {
    try {
      return text == null ? null : parse(text);
    } catch (BundlespecException e) {
      return null;
    }
  }

  private static boolean isVersion(String version) {
    return switch (version) {
      case "v1", "v2", "bundle2", "v3", "packed1" -> true;
      default -> isStreamVersion(version);
    };
  }

  /** "v1" bundles can only use the "gzip", "bzip2", and "none" compression formats. */
  private static boolean supports(String version, BundleCompression compression) {
    return !version.equals("v1") || compression != BundleCompression.ZSTD;
  }

  private static boolean isStreamVersion(String version) {
    return version.matches("streamv[0-9][-0-9a-z]{0,15}");
  }

  private static String decoded(String text) throws BundlespecException {
    String decoded = PercentEncoding.decode(text);
    if (decoded == null) {
      throw new BundlespecException("a parameter is not UTF-8");
    }
    return decoded;
  }

  static String quoted(String text) {
    return '"' + PeerText.excerpt(text) + '"';
  }

  /** Returns the name of the compression, such as {@code gzip}. */
  public String compressionName() {
    return nameOf(compression);
  }

  /** Returns the name of a compression in bundlespecs, such as {@code gzip}. */
  public static String nameOf(BundleCompression compression) {
    for (Entry<String, BundleCompression> entry : COMPRESSIONS.entrySet()) {
      if (entry.getValue() == compression) {
        return entry.getKey();
      }
    }
    throw new IllegalStateException(compression + " has no name");
  }

  /** Returns whether this is a stream bundle: files of a store instead of history. */
  public boolean isStream() {
    return version.equals("packed1")
        || isStreamVersion(version)
        || parameters.containsKey("stream");
  }

  /**
   * Returns why this library cannot read such a bundle, as a clause, or null if it can: it reads
   * versions 1 to 3 with changegroups 01 to 03. Parameters whose names begin with a capital letter
   * must be understood, and none of these is known.
   */
  public @Nullable String obstacle() {
    if (isStream()) {
      return "stream bundles hold a store, not history, and are not supported";
    }
    for (String key : parameters.keySet()) {
      if (!key.isEmpty() && key.charAt(0) >= 'A' && key.charAt(0) <= 'Z') {
        return "the parameter " + quoted(key) + " must be understood, but is unknown";
      }
    }
    String changegroup = parameters.get("cg.version");
    return changegroup == null || changegroup.matches("0[123]")
        ? null
        : "changegroups of version " + quoted(changegroup) + " are not supported";
  }

  /** Returns the form that {@link #parse} accepts. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(compressionName()).append('-').append(version);
    parameters.forEach(
        (key, value) ->
            text.append(';')
                .append(PercentEncoding.encode(key, ";"))
                .append('=')
                .append(PercentEncoding.encode(value, ";,")));
    return text.toString();
  }
}
