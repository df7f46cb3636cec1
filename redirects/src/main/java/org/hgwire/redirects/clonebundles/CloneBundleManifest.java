// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.clonebundles;

import java.util.List;
import org.hgwire.core.ByteString;

/**
 * A manifest of clone bundles: one entry a line, the one that the server prefers first. Immutable.
 *
 * <p>A line is a URL and attributes {@code key=value}, separated by ASCII white space; keys and
 * values are percent-encoded ({@code hg help -e clonebundles}). Where Mercurial takes any bytes,
 * URLs are printable ASCII here and attributes UTF-8 without control characters: all else is left
 * out and reported.
 *
 * @param entries the entries that can be read
 * @param findings what is wrong with lines, those that were left out among them, in their order
 */
public record CloneBundleManifest(List<CloneBundleEntry> entries, List<ManifestFinding> findings) {
  /** A manifest is at most so long, in bytes. */
  public static final int MAX_BYTES = 1 << 20;

  /** A manifest has at most so many entries. */
  public static final int MAX_ENTRIES = 1000;

  /** A line is at most so long, in bytes, without its end. */
  public static final int MAX_LINE_BYTES = 8 * 1024;

  /** At most so many things are reported. */
  public static final int MAX_FINDINGS = 1000;

  /** Checks how many entries there are, and copies the lists. */
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
   * Reads a manifest. Lines that cannot be read are left out and reported, as everything past the
   * bounds is; nothing is thrown.
   */
  public static CloneBundleManifest parse(ByteString text) {
    return new ManifestParser(text.toByteArray()).parse();
  }

  /** Returns the text of the manifest: every entry on a line of its own. */
  public ByteString print() {
    StringBuilder text = new StringBuilder();
    for (CloneBundleEntry entry : entries) {
      text.append(entry.print()).append('\n');
    }
    return ByteString.utf8(text.toString());
  }
}
