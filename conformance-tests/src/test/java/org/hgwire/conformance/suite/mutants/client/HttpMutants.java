// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants.client;

import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.command.HttpV2Api;

/** Faults in the reading of HTTP responses to commands. */
final class HttpMutants {
  private static final String CASES = "client/http/*";

  /** Takes every status for success. */
  static final ClientFault ANY_STATUS = ClientFault.receives(response -> response.withStatus(200));

  private HttpMutants() {}

  static List<ClientMutant> all() {
    List<ClientMutant> mutants = new ArrayList<>();
    mutants.add(ClientMutant.ours(CASES, "the status is not looked at", ANY_STATUS));
    mutants.add(
        ClientMutant.ours(
            CASES,
            "the media type is not looked at",
            ClientFault.receives(
                response ->
                    response.isHandshake()
                        ? response
                        : response.withType(HttpV2Api.FRAMING_MEDIA_TYPE))));
    mutants.add(
        ClientMutant.plain(
            "client/http/status-204",
            "a response without frames is one without news",
            PlainClone.withoutCompleteness().with(ANY_STATUS)));
    mutants.add(
        ClientMutant.plain(
            CASES,
            "the end of the connection ends a response, and what came is taken for all",
            PlainClone.withoutCompleteness()
                .with(
                    ClientFault.receives(
                        response -> response.uncut().withFrames(FrameMutants::ended)))));
    mutants.add(
        ClientMutant.plain(
            CASES,
            "a response that fails is taken for a whole one",
            PlainClone.withoutCompleteness()));
    mutants.add(
        ClientMutant.ours("client/http/closes", "a request is sent again for ever", new Again())
            .withoutEnd());
    return mutants;
  }
}
