// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import org.hgwire.client.sink.RevisionKind;
import org.hgwire.redirects.clonebundles.CloneBundleEntry;
import org.hgwire.redirects.clonebundles.RejectedEntry;

/**
 * Gets the progress of a pull, on the thread that runs it. Every method does nothing unless it is
 * overridden.
 */
public interface PullListener {
  /** A listener that ignores everything. */
  PullListener NONE = new PullListener() {};

  /** The steps of a pull, in order. */
  enum Step {
    /** Finding what is missing. */
    DISCOVERY,
    /** Pulling changesets. */
    CHANGESETS,
    /** Pulling manifests. */
    MANIFESTS,
    /** Pulling file revisions; the total grows from request to request. */
    FILES
  }

  /** A step began. */
  default void stepStarted(Step step) {}

  /**
   * * A step progressed.
   *
   * @param step the step
   * @param done how many revisions were received
   * @param total how many are expected so far, or -1 if unknown
   */
  default void stepProgressed(Step step, long done, long total) {}

  /** A request is repeated without {@code haveparents}, because the server failed with it. */
  default void repeatedWithoutParents(String serverMessage) {}

  /** The sink got a file revision whose text is not there. */
  default void revisionSubstituted(SubstitutedRevision revision) {}

  /** An entry of the server's manifest of clone bundles is not tried. */
  default void cloneBundleRejected(RejectedEntry rejected) {}

  /** A clone bundle was chosen: it is downloaded, and applied as it arrives. */
  default void cloneBundleChosen(CloneBundleEntry entry) {}

  /**
   * The clone bundle that was chosen last progressed.
   *
   * @param kind the kind of revisions that were applied
   * @param done how many of them were applied
   * @param total how many are expected, or -1 if unknown
   */
  default void cloneBundleProgressed(RevisionKind kind, long done, long total) {}

  /** A clone bundle, or the manifest of them, could not be used; the pull continues without it. */
  default void cloneBundleFailed(CloneBundleFailure failure) {}

  /**
   * A clone bundle was applied completely; the pull continues with what is missing.
   *
   * @param entry its entry
   * @param changesets changesets that the sink got from bundles
   * @param manifests manifests that the sink got from bundles
   * @param fileRevisions file revisions that the sink got from bundles
   */
  default void cloneBundleApplied(
      CloneBundleEntry entry, long changesets, long manifests, long fileRevisions) {}

  /** Returns a listener that calls this one and then {@code next}. */
  default PullListener andThen(PullListener next) {
    return new PullListenerPair(this, next);
  }
}
