// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli.bench;

import java.io.IOException;
import java.util.List;

/**
 * What a server did for some requests.
 *
 * @param processorSeconds its processor time
 * @param bytes the length of all bodies that it sent
 * @param firstSeconds how long it took until the first object of the last response had come
 */
record Cost(double processorSeconds, long bytes, double firstSeconds) {
  /** Sends requests, one after the other. */
  static Cost of(MeasuredServer server, List<BenchRequest> requests) throws IOException {
    double begin = server.processorSeconds();
    long bytes = 0;
    double last = 0;
    for (BenchRequest request : requests) {
      BenchRequest.Result result = request.send(server.url());
      bytes += result.bytes();
      last = result.firstSeconds();
    }
    return new Cost(server.processorSeconds() - begin, bytes, last);
  }
}
