// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants.client;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.hgwire.client.HttpTransport;
import org.hgwire.conformance.scripted.ScriptedRepository;
import org.hgwire.conformance.scripted.ScriptedServer;
import org.hgwire.core.WireLimits;
import org.hgwire.core.WireProtocolException;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.command.Handshake;

/**
 * Connects with what another server of the kind said when the handshake of this one is unusable.
 */
final class KeptHandshake implements ClientFault {
  @Override
  public HttpTransport.Response exchange(HttpTransport.Request request, HttpTransport sound)
      throws IOException {
    if (request.body() != null) {
      return sound.send(request);
    }
    try {
      ReceivedResponse response = ReceivedResponse.read(sound.send(request));
      if (response.status() == 200 && response.cut() == null) {
        Handshake.read(
            CborDecoder.decodeOne(response.bytes().asByteBuffer(), WireLimits.defaults()));
        return response.toResponse();
      }
    } catch (IOException | WireProtocolException unusable) {
      // The last one is used.
    }
    return kept(request, sound);
  }

  private static HttpTransport.Response kept(HttpTransport.Request request, HttpTransport sound)
      throws IOException {
    try (ScriptedServer server = new ScriptedServer()) {
      URI url = server.serve("kept", new ScriptedRepository(List.of()));
      return ReceivedResponse.read(
              sound.send(
                  new HttpTransport.Request(
                      URI.create(url + "?" + request.url().getQuery()), request.headers(), null)))
          .toResponse();
    }
  }
}
