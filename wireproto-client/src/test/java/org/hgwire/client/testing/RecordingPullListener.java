// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.testing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.client.bundle.BundleException;
import org.hgwire.client.pull.CloneBundleFailure;
import org.hgwire.client.pull.PullListener;
import org.hgwire.redirects.RedirectException;
import org.hgwire.redirects.clonebundles.CloneBundleEntry;
import org.hgwire.redirects.clonebundles.RejectedEntry;

/** Records what a pull does with clone bundles, and its requests without {@code haveparents}. */
public final class RecordingPullListener implements PullListener {
  private final List<String> cloneBundles = new ArrayList<>();
  private final List<RejectedEntry> rejected = new ArrayList<>();
  private final List<String> repeated = new ArrayList<>();

  /**
   * Returns a line for each event of clone bundles: {@code rejected URL}, {@code chosen URL},
   * {@code failed FAULT}, {@code applied CHANGESETS MANIFESTS FILES}.
   */
  public List<String> cloneBundles() {
    return cloneBundles;
  }

  /** Returns the entries that were rejected. */
  public List<RejectedEntry> rejected() {
    return rejected;
  }

  /** Returns the server's messages for requests that were repeated without {@code haveparents}. */
  public List<String> repeated() {
    return repeated;
  }

  @Override
  public void repeatedWithoutParents(String serverMessage) {
    repeated.add(serverMessage);
  }

  @Override
  public void cloneBundleRejected(RejectedEntry entry) {
    rejected.add(entry);
    cloneBundles.add("rejected " + entry.entry().url());
  }

  @Override
  public void cloneBundleChosen(CloneBundleEntry entry) {
    cloneBundles.add("chosen " + entry.url());
  }

  @Override
  public void cloneBundleFailed(CloneBundleFailure failure) {
    cloneBundles.add("failed " + reason(failure));
  }

  /** Returns the fault of a clone bundle, or the class of another error. */
  public static String reason(CloneBundleFailure failure) {
    IOException reason = failure.reason();
    return reason instanceof RedirectException redirect
        ? redirect.fault().toString()
        : reason instanceof BundleException bundle
            ? bundle.fault().toString()
            : reason.getClass().getSimpleName();
  }

  @Override
  public void cloneBundleApplied(
      CloneBundleEntry entry, long changesets, long manifests, long fileRevisions) {
    cloneBundles.add("applied " + changesets + " " + manifests + " " + fileRevisions);
  }
}
