// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import org.hgwire.core.command.Node;

/**
 * A changeset that the server showed is not there any more: somebody removed it, or hid it, since a
 * pull began.
 */
public final class RemovedChangesetException extends PeerException {
  private static final long serialVersionUID = 1L;

  private final transient Node changeset;
  private final String hex;

  private RemovedChangesetException(
      Node changeset, String message, RemovedChangesetException cause) {
    super(message, cause);
    this.changeset = changeset;
    this.hex = changeset.hex();
  }

  /** Makes the error. */
  public RemovedChangesetException(Node changeset, String message) {
    super(message, null);
    this.changeset = changeset;
    this.hex = changeset.hex();
  }

  /** Returns the changeset. */
  public Node changeset() {
    return changeset == null ? Node.fromHex(hex) : changeset;
  }

  @Override
  PeerException again() {
    return new RemovedChangesetException(changeset(), String.valueOf(getMessage()), this);
  }
}
