// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants.client;

import java.io.IOException;
import org.hgwire.client.HttpTransport;

/** A transport with a fault. */
final class FaultyTransport implements HttpTransport {
  private final ClientFault fault;
  private final HttpTransport sound;

  FaultyTransport(ClientFault fault, HttpTransport sound) {
    this.fault = fault;
    this.sound = sound;
  }

  @Override
  public Response send(Request request) throws IOException {
    return fault.exchange(request, sound);
  }

  @Override
  public void close() {
    sound.close();
  }
}
