// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

/**
 * The repository contains what no sink should get, although it was sent as it is there: another
 * pull ends in the same way.
 */
public final class RefusedHistoryException extends PeerException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Why a history is refused. */
  public enum Reason {
    /** Its manifests are trees (treemanifest), which are not supported. */
    TREE_MANIFEST,
    /** A manifest is malformed. */
    MALFORMED_MANIFEST,
    /** The paths of a manifest are not sorted, or one is there twice. */
    UNSORTED_MANIFEST,
    /** A path is absolute, leads out of the repository or into a directory {@code .hg}. */
    UNSAFE_PATH
  }

  /** Makes the error. */
  public RefusedHistoryException(Reason reason, String message) {
    super(message, null);
    this.reason = reason;
  }

  /** Returns why. */
  public Reason reason() {
    return reason;
  }

  @Override
  PeerException again() {
    return new RefusedHistoryException(reason, String.valueOf(getMessage()));
  }
}
