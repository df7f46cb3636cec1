// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.clonebundles;

import java.util.List;
import org.hgwire.core.ByteString;

/**
 * A manifest of clone bundles: one entry per line, the one that the server prefers first.
 * Immutable.
 *
 * <p>A line is a URL and attributes {@code key=value}, separated by ASCII white space; keys and
 * values are percent-encoded ({@code hg help -e clonebundles}). Mercurial accepts any bytes; here
 * URLs are printable ASCII and attributes UTF-8 without control characters, and lines with other
 * bytes are skipped and reported.
 *
 * @param entries the entries that can be read
 * @param findings problems, including the reasons for skipped lines, in the order of the lines
 */
public record CloneBundleManifest(List<CloneBundleEntry> entries, List<ManifestFinding> findings) {
  /**
   * How long a manifest may be, in bytes. These bounds are not WireLimits: a server reads its own
   * manifest with them too, and what exceeds them is skipped, not a fault.
   */
  public static final int MAX_BYTES = 1 << 20;

  /** How many entries a manifest may have. */
  public static final int MAX_ENTRIES = 1000;

  /** How long a line may be, in bytes, without its end. */
  public static final int MAX_LINE_BYTES = 8 * 1024;

  /** How many problems are reported. */
  public static final int MAX_FINDINGS = 1000;

  /** Checks the number of entries, and copies the lists. */
  public CloneBundleManifest {
    if (entries.size() > MAX_ENTRIES) {
      throw new IllegalArgumentException(
          "a manifest has at most " + MAX_ENTRIES + " entries, not " + entries.size());
    }
    entries = List.copyOf(entries);
    findings = List.copyOf(findings);
  }

  /** Returns a manifest of these entries. */
  public static CloneBundleManifest of(List<CloneBundleEntry> entries) {
    return new CloneBundleManifest(entries, List.of());
  }

  /**
   * Parses a manifest. Malformed lines, and everything beyond the bounds, are skipped and reported;
   * nothing is thrown.
   */
  public static CloneBundleManifest parse(ByteString text) {
    return new ManifestParser(text.toByteArray()).parse();
  }

  /** Returns the text of the manifest, one line per entry. */
  public ByteString print() {
    StringBuilder text = new StringBuilder();
    for (CloneBundleEntry entry : entries) {
      text.append(entry.print()).append('\n');
    }
    return ByteString.utf8(text.toString());
  }
}
