// SPDX-License-Identifier: Apache-2.0
package org.hgwire.fuzz;

import java.nio.ByteBuffer;
import java.util.List;
import org.hgwire.core.ByteString;

/** Data among events: consecutive pieces of one request are joined, as the input cuts them. */
final class JoinedData {
  private JoinedData() {}

  static void add(List<String> outcome, int requestId, ByteBuffer data) {
    String head = "data " + requestId + " ";
    int last = outcome.size() - 1;
    String hex = ByteString.copyOf(data).hex();
    if (last >= 0 && outcome.get(last).startsWith(head)) {
      outcome.set(last, outcome.get(last) + hex);
    } else {
      outcome.add(head + hex);
    }
  }
}
