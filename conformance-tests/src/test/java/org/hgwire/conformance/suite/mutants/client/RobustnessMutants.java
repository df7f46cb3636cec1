// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants.client;

import java.util.List;

/** What responses without end do to a client that does not expect them. */
final class RobustnessMutants {
  private RobustnessMutants() {}

  static List<ClientMutant> all() {
    return List.of(
        ClientMutant.ours(
                "client/robustness/*",
                "a body is read to its end before it is looked at",
                ClientFault.receives(response -> response))
            .withoutEnd());
  }
}
