// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import java.nio.ByteBuffer;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.message.SenderSettings;

/** What a {@link ServerReactor} finds in its input. */
public sealed interface ServerEvent {
  /**
   * The client said what it understands.
   *
   * @param settings what
   */
  record SenderSettingsReceived(SenderSettings settings) implements ServerEvent {}

  /**
   * A whole command request arrived; the request is active until its response ends.
   *
   * @param requestId its id
   * @param request what is asked
   * @param dataFollows whether {@link CommandDataReceived} and {@link CommandDataEnded} follow
   */
  record CommandReceived(int requestId, CommandRequest request, boolean dataFollows)
      implements ServerEvent {}

  /**
   * A whole command request arrived whose content is not that of a request: it is active, and wants
   * an error as its response. The rest of the exchange goes on.
   *
   * @param requestId its id
   * @param fault what is wrong with it
   */
  record CommandRefused(int requestId, WireProtocolException fault) implements ServerEvent {}

  /**
   * A piece of a command's data.
   *
   * @param requestId the command's request
   * @param data the bytes: read-only, valid until the reactor is called again
   */
  record CommandDataReceived(int requestId, ByteBuffer data) implements ServerEvent {}

  /**
   * The data of a command is complete.
   *
   * @param requestId the command's request
   */
  record CommandDataEnded(int requestId) implements ServerEvent {}

  /** The input ended where it may. */
  record InputEnded() implements ServerEvent {}

  /**
   * The input broke the protocol or a limit. No event follows.
   *
   * @param fault how
   */
  record ProtocolFailed(WireProtocolException fault) implements ServerEvent {}
}
