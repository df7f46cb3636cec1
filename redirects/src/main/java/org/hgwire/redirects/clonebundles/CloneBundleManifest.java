// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.clonebundles;

import java.util.List;
import org.hgwire.core.ByteString;

/**
 * A manifest of clone bundles: one entry a line, the one that the server prefers first. Immutable.
 *
 * @param entries the entries that can be read
 * @param findings what is wrong with lines, those that were left out among them
 */
public record CloneBundleManifest(List<CloneBundleEntry> entries, List<ManifestFinding> findings) {
  /** A manifest is at most so long, in bytes. */
  public static final int MOST_BYTES = 1 << 20;

  /** A manifest has at most so many entries. */
  public static final int MOST_ENTRIES = 1000;

  /** A line is at most so long, in bytes. */
  public static final int MOST_LINE_BYTES = 8 * 1024;

  /** Copies the lists. */
  public CloneBundleManifest {
    entries = List.copyOf(entries);
    findings = List.copyOf(findings);
  }

  /**
   * Reads a manifest. Lines that cannot be read are left out and reported, as everything past the
   * bounds is; nothing is thrown.
   */
  public static CloneBundleManifest parse(ByteString text) {
    throw new UnsupportedOperationException(text.toString());
  }

  /** Returns the text of the manifest: every entry on a line of its own. */
  public ByteString print() {
    throw new UnsupportedOperationException();
  }
}
