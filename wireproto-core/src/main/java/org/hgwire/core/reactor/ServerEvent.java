// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import java.nio.ByteBuffer;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.message.CommandRequest;
import org.hgwire.core.message.SenderSettings;

/** An event of a {@link ServerReactor}. */
public sealed interface ServerEvent {
  /**
   * The client sent its settings.
   *
   * @param settings the settings
   */
  record SenderSettingsReceived(SenderSettings settings) implements ServerEvent {}

  /**
   * A whole command request arrived; the request is active until its response ends.
   *
   * @param requestId its id
   * @param request the request
   * @param dataFollows whether {@link CommandDataReceived} and {@link CommandDataEnded} follow
   */
  record CommandReceived(int requestId, CommandRequest request, boolean dataFollows)
      implements ServerEvent {}

  /**
   * A whole command request arrived whose content is malformed. It is active, and must be responded
   * to with an error. The rest of the exchange continues.
   *
   * @param requestId its id
   * @param fault what is malformed
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

  /** The input ended between two requests. */
  record InputEnded() implements ServerEvent {}

  /**
   * The input violated the protocol or a limit. No event follows.
   *
   * @param fault why
   */
  record ProtocolFailed(WireProtocolException fault) implements ServerEvent {}
}
