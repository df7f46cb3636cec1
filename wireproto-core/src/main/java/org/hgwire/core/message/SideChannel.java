// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.message;

/**
 * Frames that a server may send besides responses, to a client that accepts them in its {@link
 * SenderSettings} (an extension: see docs/protocol-extensions.md).
 */
public enum SideChannel {
  /** Text output frames: messages for people. */
  TEXT_OUTPUT,
  /** Progress frames. */
  PROGRESS
}
