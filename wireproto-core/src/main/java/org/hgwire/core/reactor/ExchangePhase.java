// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import java.util.Set;
import org.hgwire.core.frame.FrameType;

/**
 * How far a server is with the exchange.
 *
 * <pre>
 * phase               sender settings                        stream settings  request  data
 * BEGINNING           continuation: RECEIVING_SETTINGS,      OPEN             OPEN     refused
 *                     eos: OPEN
 * RECEIVING_SETTINGS  as BEGINNING                           refused          refused  refused
 * OPEN                refused                                OPEN             OPEN     OPEN
 * </pre>
 *
 * <p>All other types are refused in every phase: only servers send them.
 */
enum ExchangePhase {
  /** No frame arrived. "this frame type MUST be sent before any other frame type in a channel" */
  BEGINNING(
      FrameType.SENDER_PROTOCOL_SETTINGS, FrameType.STREAM_SETTINGS, FrameType.COMMAND_REQUEST),
  /** "an additional frame containing more protocol settings immediately follows" */
  RECEIVING_SETTINGS(FrameType.SENDER_PROTOCOL_SETTINGS),
  /** Requests may come. */
  OPEN(FrameType.STREAM_SETTINGS, FrameType.COMMAND_REQUEST, FrameType.COMMAND_DATA);

  private final Set<FrameType> taken;

  ExchangePhase(FrameType... taken) {
    this.taken = Set.of(taken);
  }

  boolean takes(FrameType type) {
    return taken.contains(type);
  }
}
