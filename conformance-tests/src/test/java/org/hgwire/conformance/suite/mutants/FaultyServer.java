// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import org.hgwire.server.http.HttpExchange;
import org.hgwire.server.http.HttpService;
import org.hgwire.server.http.RequestHead;

/** Our server, and between it and the transport a fault that can be changed. */
final class FaultyServer implements HttpService {
  static final Fault NONE = (call, sound) -> sound.respond(call);

  private final Fault.Server sound;
  private volatile Fault fault = NONE;

  FaultyServer(Fault.Server sound) {
    this.sound = sound;
  }

  /** Has this fault from now on. */
  void become(Fault next) {
    fault = next;
  }

  @Override
  public HttpExchange open(RequestHead request) {
    return new FaultyExchange(request, fault, sound);
  }
}
