// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import org.hgwire.client.sink.RevisionKind;
import org.hgwire.redirects.clonebundles.CloneBundleEntry;
import org.hgwire.redirects.clonebundles.RejectedEntry;

/** Two listeners, called one after the other. */
record PullListenerPair(PullListener first, PullListener second) implements PullListener {
  @Override
  public void stepStarted(Step step) {
    first.stepStarted(step);
    second.stepStarted(step);
  }

  @Override
  public void stepProgressed(Step step, long done, long total) {
    first.stepProgressed(step, done, total);
    second.stepProgressed(step, done, total);
  }

  @Override
  public void repeatedWithoutParents(String serverMessage) {
    first.repeatedWithoutParents(serverMessage);
    second.repeatedWithoutParents(serverMessage);
  }

  @Override
  public void revisionSubstituted(SubstitutedRevision revision) {
    first.revisionSubstituted(revision);
    second.revisionSubstituted(revision);
  }

  @Override
  public void cloneBundleRejected(RejectedEntry rejected) {
    first.cloneBundleRejected(rejected);
    second.cloneBundleRejected(rejected);
  }

  @Override
  public void cloneBundleChosen(CloneBundleEntry entry) {
    first.cloneBundleChosen(entry);
    second.cloneBundleChosen(entry);
  }

  @Override
  public void cloneBundleProgressed(RevisionKind kind, long done, long total) {
    first.cloneBundleProgressed(kind, done, total);
    second.cloneBundleProgressed(kind, done, total);
  }

  @Override
  public void cloneBundleFailed(CloneBundleFailure failure) {
    first.cloneBundleFailed(failure);
    second.cloneBundleFailed(failure);
  }

  @Override
  public void cloneBundleApplied(
      CloneBundleEntry entry, long changesets, long manifests, long fileRevisions) {
    first.cloneBundleApplied(entry, changesets, manifests, fileRevisions);
    second.cloneBundleApplied(entry, changesets, manifests, fileRevisions);
  }
}
