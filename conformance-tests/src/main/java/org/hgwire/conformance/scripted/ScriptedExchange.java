// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.scripted;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hgwire.conformance.transcript.BodyNotation;

/**
 * A request of a client and the response to it.
 *
 * @param request the request
 * @param received the request, in the notation of transcripts
 * @param sent the response, in the same notation; of long bodies the first lines
 */
public record ScriptedExchange(ReceivedRequest request, List<String> received, List<String> sent) {
  /** Copies the lists. */
  public ScriptedExchange {
    received = List.copyOf(received);
    sent = List.copyOf(sent);
  }

  static ScriptedExchange of(ReceivedRequest request, HttpDraft response) {
    List<String> received = new ArrayList<>();
    received.add("> " + request.method() + " " + request.target());
    request
        .headers()
        .forEach(
            (name, value) ->
                received.add(
                    "> " + name + ": " + (name.equals("authorization") ? "(redacted)" : value)));
    String type = request.headers().getOrDefault("content-type", "");
    received.addAll(BodyNotation.excerpt('>', type, request.body()));
    List<String> sent = new ArrayList<>();
    if (response.isSilent()) {
      sent.add("# the connection is closed");
      return new ScriptedExchange(request, received, sent);
    }
    sent.add("< " + response.status());
    Map<String, String> headers = response.headers();
    headers.forEach((name, value) -> sent.add("< " + name + ": " + value));
    String sentType = headers.getOrDefault("Content-Type", "");
    sent.addAll(BodyNotation.excerpt('<', sentType, response.body()));
    if (response.missing() > 0) {
      sent.add("# and without its last " + response.missing() + " bytes the connection is closed");
    }
    if (!response.repeated().isEmpty()) {
      sent.add("# and the last " + response.repeated().length() + " bytes again and again");
    }
    return new ScriptedExchange(request, received, sent);
  }
}
