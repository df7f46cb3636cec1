// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import org.hgwire.client.sink.RevisionKind;

/** Counts the revisions of one kind that came from a bundle, and reports them to a listener. */
final class BundleProgress {
  private final PullListener listener;
  private final RevisionKind kind;
  private final long total;
  private long done;

  /** Makes a count; {@code total} is -1 if unknown. */
  BundleProgress(PullListener listener, RevisionKind kind, long total) {
    this.listener = listener;
    this.kind = kind;
    this.total = total;
  }

  void step() {
    listener.cloneBundleProgressed(kind, ++done, total);
  }
}
