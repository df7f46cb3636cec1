// SPDX-License-Identifier: Apache-2.0
package org.hgwire.store.revlog;

/** What the revisions of a revlog are, which decides how Mercurial stores them. */
public enum RevlogKind {
  /** The changelog: whole texts, and the chunks always in a file of their own. */
  CHANGELOG(false, 0),

  /** The manifests: deltas that replace whole lines. */
  MANIFESTS(true, RevlogKind.MAX_INLINE),

  /** The revisions of a file: any deltas. */
  FILE(true, RevlogKind.MAX_INLINE);

  /** The length in bytes of an index up to which the chunks are between its entries. */
  private static final int MAX_INLINE = 128 * 1024;

  private final boolean deltas;
  private final int maxInline;

  RevlogKind(boolean deltas, int maxInline) {
    this.deltas = deltas;
    this.maxInline = maxInline;
  }

  /** Returns whether deltas are stored. */
  boolean deltas() {
    return deltas;
  }

  /** Returns the length in bytes that an index with chunks in it may have. */
  int maxInline() {
    return maxInline;
  }

  /** Returns whether a delta must replace whole lines with whole lines. */
  boolean wholeLines() {
    return this == MANIFESTS;
  }

  /** Returns the header of a new revlog. */
  RevlogHeader header() {
    return new RevlogHeader(maxInline > 0, deltas);
  }
}
