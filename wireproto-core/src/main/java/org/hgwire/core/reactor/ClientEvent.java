// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.reactor;

import java.nio.ByteBuffer;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.message.ErrorResponse;
import org.hgwire.core.message.ProgressUpdate;
import org.hgwire.core.message.RichMessage;

/** An event of a {@link ClientReactor}. */
public sealed interface ClientEvent {
  /**
   * A piece of the response to a request, without content encoding: CBOR, for a {@link
   * ResponseDecoder}.
   *
   * @param requestId the request
   * @param data the bytes: read-only, valid until the reactor is called again
   */
  record ResponseReceived(int requestId, ByteBuffer data) implements ClientEvent {}

  /**
   * The response to a request is complete; the request is no longer active.
   *
   * @param requestId the request
   */
  record ResponseEnded(int requestId) implements ClientEvent {}

  /**
   * The server ended a request with an error frame; the request is no longer active.
   *
   * @param requestId the request
   * @param error what the server said
   */
  record ErrorReceived(int requestId, ErrorResponse error) implements ClientEvent {}

  /**
   * A request failed because of what arrived for it or on its stream, or because the input ended
   * before its response did; it is no longer active.
   *
   * @param requestId the request
   * @param fault why
   */
  record RequestFailed(int requestId, WireProtocolException fault) implements ClientEvent {}

  /**
   * Text for people.
   *
   * @param requestId the request
   * @param text the text
   */
  record TextOutputReceived(int requestId, RichMessage text) implements ClientEvent {}

  /**
   * Progress of a request.
   *
   * @param requestId the request
   * @param update the progress
   */
  record ProgressReceived(int requestId, ProgressUpdate update) implements ClientEvent {}

  /** The input ended between two frames. */
  record InputEnded() implements ClientEvent {}

  /**
   * The input violated the protocol or a limit. A RequestFailed for each active request precedes
   * this event; none follows.
   *
   * @param fault why
   */
  record ProtocolFailed(WireProtocolException fault) implements ClientEvent {}
}
