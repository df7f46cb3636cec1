// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cuts;

import java.io.IOException;
import org.hgwire.client.Peer;

/**
 * A call of a command, and how its response is read.
 *
 * @param name what it is called in the name of a test
 * @param reading makes the call and reads the response
 */
record Call(String name, Reading reading) {
  /** Makes a call and reads its response. */
  @FunctionalInterface
  interface Reading {
    /** Adds what is given to {@code delivery}, up to the end or a failure. */
    void read(Peer peer, Delivery delivery) throws IOException;
  }

  /** Reads the whole response. */
  Delivery whole(Peer peer) throws IOException {
    Delivery delivery = new Delivery();
    reading.read(peer, delivery);
    return delivery;
  }

  @Override
  public String toString() {
    return name;
  }
}
