// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import org.hgwire.core.command.Node;
import org.jspecify.annotations.Nullable;

/** The text of a revision does not have the hash that is its node, or cannot be reconstructed. */
public final class VerificationException extends PeerException {
  private static final long serialVersionUID = 1L;

  private final transient Node node;
  private final String nodeHex;

  /** Makes the error. */
  public VerificationException(Node node, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.node = node;
    this.nodeHex = node.hex();
  }

  /** Returns the revision. */
  public Node node() {
    return node == null ? Node.fromHex(nodeHex) : node;
  }

  @Override
  PeerException again() {
    return new VerificationException(node(), String.valueOf(getMessage()), this);
  }
}
