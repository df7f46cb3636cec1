// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.net.URI;
import org.hgwire.core.ErrorOrigin;
import org.hgwire.core.ErrorScope;
import org.hgwire.core.PeerText;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.message.ErrorResponse;
import org.jspecify.annotations.Nullable;

/** Makes the errors of an exchange. */
final class ExchangeFaults {
  private final URI url;
  private final int maxTextBytes;

  ExchangeFaults(URI url, int maxTextBytes) {
    this.url = url;
    this.maxTextBytes = maxTextBytes;
  }

  /** The server reported in an error frame that a command failed. */
  PeerException serverError(String command, ErrorResponse error) {
    String message = error.message().render(maxTextBytes);
    if (error.type() == ErrorResponse.Type.PROTOCOL) {
      return protocol(
          new WireProtocolException(
              WireErrorCode.PEER_ERROR,
              ErrorScope.REQUEST,
              ErrorOrigin.PEER,
              "the server rejected the request: " + PeerText.line(message)));
    }
    return new CommandFailedException(command, PeerText.line(message), null);
  }

  /** The server violated the protocol. */
  PeerProtocolException protocol(WireProtocolException fault) {
    return new PeerProtocolException(
        "The response of "
            + TransportFaults.place(url)
            + " cannot be used ("
            + fault.code().text()
            + "): "
            + fault.getMessage(),
        fault);
  }

  /** The body ended too soon. */
  PeerException truncated() {
    return protocol(
        WireProtocolException.connection(
            WireErrorCode.TRUNCATED, "it ended before all responses were complete"));
  }

  /** The exchange ended in another way, which {@code how} says. */
  TransportException broken(String how, @Nullable Throwable cause) {
    return new TransportException(
        "The exchange with " + TransportFaults.place(url) + " " + how + ".", cause);
  }
}
