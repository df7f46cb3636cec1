// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.PrintWriter;
import org.hgwire.client.pull.CloneBundleFailure;
import org.hgwire.client.pull.PullListener;
import org.hgwire.client.sink.RevisionKind;
import org.hgwire.redirects.clonebundles.CloneBundleEntry;
import org.hgwire.redirects.clonebundles.RejectedEntry;

/**
 * Prints a line for each clone bundle: what it contained, or why it was not used.
 *
 * @param inner gets every event as well
 * @param out where the lines go
 */
record PullReport(PullListener inner, PrintWriter out) implements PullListener {
  private void line(String url, String what) {
    out.println("clone bundle: " + url + ": " + what);
    out.flush();
  }

  @Override
  public void cloneBundleRejected(RejectedEntry rejected) {
    line(rejected.entry().url(), "skipped: " + rejected.message());
    inner.cloneBundleRejected(rejected);
  }

  @Override
  public void cloneBundleFailed(CloneBundleFailure failure) {
    CloneBundleEntry entry = failure.entry();
    line(
        entry == null ? "the manifest" : entry.url(),
        "not used: " + Failure.firstLine(failure.reason().getMessage()));
    inner.cloneBundleFailed(failure);
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
    inner.cloneBundleApplied(entry, changesets, manifests, fileRevisions);
  }

  @Override
  public void cloneBundleChosen(CloneBundleEntry entry) {
    inner.cloneBundleChosen(entry);
  }

  @Override
  public void cloneBundleProgressed(RevisionKind kind, long done, long total) {
    inner.cloneBundleProgressed(kind, done, total);
  }

  @Override
  public void stepStarted(Step step) {
    inner.stepStarted(step);
  }

  @Override
  public void stepProgressed(Step step, long done, long total) {
    inner.stepProgressed(step, done, total);
  }

  @Override
  public void repeatedWithoutParents(String serverMessage) {
    inner.repeatedWithoutParents(serverMessage);
  }
}
