// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants.client;

import java.time.Duration;
import org.hgwire.conformance.suite.ClientUnderTest.JavaClient;
import org.hgwire.conformance.suite.mutants.Variant;

/**
 * A client with one fault.
 *
 * @param cases the pattern of the cases that test the layer of the fault
 * @param name what is wrong
 * @param client the client
 * @param limit how long it may take
 */
record ClientMutant(String cases, String name, JavaClient client, Duration limit)
    implements Variant {
  /** Long enough for every case with a client that ends. */
  static final Duration ENDS = Duration.ofSeconds(20);

  private static final Duration DOES_NOT_END = Duration.ofSeconds(3);

  ClientMutant(String cases, String name, JavaClient client) {
    this(cases, name, client, ENDS);
  }

  /** Returns our client with a fault between it and HTTP. */
  static ClientMutant ours(String cases, String name, ClientFault fault) {
    return new ClientMutant(cases, name, OurClient.with(fault));
  }

  /** Returns a plain client. */
  static ClientMutant plain(String cases, String name, PlainClone client) {
    return new ClientMutant(cases, "plain client: " + name, client);
  }

  /** Returns this client, given less time: the fault is that it does not end. */
  ClientMutant withoutEnd() {
    return new ClientMutant(cases, name, client, DOES_NOT_END);
  }
}
