// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import org.hgwire.core.frame.FrameType;

/**
 * The phase of an exchange on the server.
 *
 * <pre>
 * phase               sender settings                        stream settings  request  data
 * BEGINNING           continuation: RECEIVING_SETTINGS,      OPEN             OPEN     refused
 *                     eos: OPEN
 * RECEIVING_SETTINGS  as BEGINNING                           refused          refused  refused
 * OPEN                refused                                OPEN             OPEN     OPEN
 * </pre>
 *
 * <p>All other types are refused in every phase, because only servers send them.
 */
enum ExchangePhase {
  /**
   * No frame has arrived. "this frame type MUST be sent before any other frame type in a channel"
   */
  BEGINNING,
  /** "an additional frame containing more protocol settings immediately follows" */
  RECEIVING_SETTINGS,
  /** Requests may arrive. */
  OPEN;

  /** Returns whether a frame of {@code type} may arrive in this phase. */
  boolean accepts(FrameType type) {
    return switch (type) {
      case SENDER_PROTOCOL_SETTINGS -> this != OPEN;
      case STREAM_SETTINGS, COMMAND_REQUEST -> this != RECEIVING_SETTINGS;
      case COMMAND_DATA -> this == OPEN;
      default -> false;
    };
  }
}
