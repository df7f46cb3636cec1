// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import org.hgwire.core.WireErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The phase of one request id on the server.
 *
 * <pre>
 * phase           new                  continuation              data
 * IDLE            RECEIVING, or as *   refused                   refused
 * RECEIVING       refused              RECEIVING, or as *        refused
 * RECEIVING_DATA  refused              refused                   RECEIVING_DATA, eos: RESPONDING
 * RESPONDING      refused              refused                   refused
 *
 * * the last frame of the request: RECEIVING_DATA if data was announced, else RESPONDING
 * </pre>
 *
 * <p>When the response has ended, a RESPONDING request becomes IDLE; a request in RECEIVING_DATA
 * becomes IDLE at the end of its data.
 */
enum RequestPhase {
  /** There is no such request. */
  IDLE(null, WireErrorCode.REQUEST_INACTIVE, WireErrorCode.REQUEST_INACTIVE),
  /** A part of the command request has arrived. */
  RECEIVING(WireErrorCode.REQUEST_ACTIVE, null, WireErrorCode.COMMAND_DATA),
  /** The command request is complete, its data is not. */
  RECEIVING_DATA(WireErrorCode.REQUEST_ACTIVE, WireErrorCode.UNEXPECTED_FRAME, null),
  /** The request and its data are complete; the response has not ended. */
  RESPONDING(
      WireErrorCode.REQUEST_ACTIVE, WireErrorCode.UNEXPECTED_FRAME, WireErrorCode.COMMAND_DATA);

  /** What may arrive for a request. */
  enum Input {
    /** A request frame with the new flag. */
    NEW,
    /** A request frame with the continuation flag. */
    CONTINUATION,
    /** A data frame. */
    DATA
  }

  private final @Nullable WireErrorCode onNew;
  private final @Nullable WireErrorCode onContinuation;
  private final @Nullable WireErrorCode onData;

  RequestPhase(
      @Nullable WireErrorCode onNew,
      @Nullable WireErrorCode onContinuation,
      @Nullable WireErrorCode onData) {
    this.onNew = onNew;
    this.onContinuation = onContinuation;
    this.onData = onData;
  }

  /** Returns why {@code input} is refused in this phase, or null if it is accepted. */
  @Nullable WireErrorCode refusal(Input input) {
    return switch (input) {
      case NEW -> onNew;
      case CONTINUATION -> onContinuation;
      case DATA -> onData;
    };
  }
}
