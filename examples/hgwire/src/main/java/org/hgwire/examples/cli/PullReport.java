// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.PrintWriter;
import org.hgwire.client.pull.CloneBundleFailure;
import org.hgwire.client.pull.PullListener;
import org.hgwire.redirects.clonebundles.CloneBundleEntry;
import org.hgwire.redirects.clonebundles.RejectedEntry;

/**
 * Prints a line for each clone bundle: what it contained, or why it was not used.
 *
 * @param out where the lines go
 */
record PullReport(PrintWriter out) implements PullListener {
  private void line(String url, String what) {
    out.println("clone bundle: " + url + ": " + what);
    out.flush();
  }

  @Override
  public void cloneBundleRejected(RejectedEntry rejected) {
    line(rejected.entry().url(), "skipped: " + rejected.message());
  }

  @Override
  public void cloneBundleFailed(CloneBundleFailure failure) {
    CloneBundleEntry entry = failure.entry();
    line(
        entry == null ? "the manifest" : entry.url(),
        "not used: " + Failure.firstLine(failure.reason().getMessage()));
  }

  @Override
  public void cloneBundleApplied(
      CloneBundleEntry entry, long changesets, long manifests, long fileRevisions) {
    line(
        entry.url(),
        "applied: "
            + changesets
            + " changesets, "
            + manifests
            + " manifests, "
            + fileRevisions
            + " file revisions");
  }
}
