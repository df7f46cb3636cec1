// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

import org.hgwire.client.sink.RevisionKind;
import org.hgwire.redirects.clonebundles.CloneBundleEntry;
import org.hgwire.redirects.clonebundles.RejectedEntry;

/**
 * Sees how far a pull is. Called on the thread that runs it; every method does nothing by default.
 */
public interface PullListener {
  /** A listener to which nothing matters. */
  PullListener NONE = new PullListener() {};

  /** The steps of a pull, in order. */
  enum Step {
    /** Finding out what is missing. */
    DISCOVERY,
    /** Getting changesets. */
    CHANGESETS,
    /** Getting manifests. */
    MANIFESTS,
    /** Getting file revisions; its total grows from request to request. */
    FILES
  }

  /** A step began. */
  default void stepStarted(Step step) {}

  /**
   * A step went on.
   *
   * @param step the step
   * @param done how many revisions were received
   * @param total how many are expected so far, or -1 if that is not known
   */
  default void stepProgressed(Step step, long done, long total) {}

  /** A request is made again without {@code haveparents}, because the server failed it with it. */
  default void repeatedWithoutParents(String serverMessage) {}

  /** An entry of the server's manifest of clone bundles is not tried. */
  default void cloneBundleRejected(RejectedEntry rejected) {}

  /** A clone bundle was chosen: it is downloaded, and applied on the way. */
  default void cloneBundleChosen(CloneBundleEntry entry) {}

  /**
   * The bundle that was chosen last went on.
   *
   * @param kind what was taken
   * @param done how many of them were
   * @param total how many are expected, or -1 if that is not known
   */
  default void cloneBundleProgressed(RevisionKind kind, long done, long total) {}

  /** A clone bundle, or the manifest of all, could not be used; the pull goes on without it. */
  default void cloneBundleFailed(CloneBundleFailure failure) {}

  /**
   * A clone bundle was applied to its end; the pull goes on with the rest.
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
