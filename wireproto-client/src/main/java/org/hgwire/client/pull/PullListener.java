// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.pull;

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

  /**
   * A clone bundle went on, see {@code cloneBundleChosen}.
   *
   * @param kind what was taken
   * @param done how many of them were
   * @param total how many are expected, or -1 if that is not known
   */
  default void cloneBundleProgressed(RevisionKind kind, long done, long total) {}
}
