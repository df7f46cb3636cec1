// SPDX-License-Identifier: Apache-2.0
package org.hgwire.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.hgwire.server.http.HttpFields;

/**
 * The HTTP endpoint of a server: the input is a request in text form, whose lines end with a line
 * feed. What a transport refuses before, such as spaces in a target, is left out.
 */
public final class HttpEndpointFuzzer {
  private HttpEndpointFuzzer() {}

  /** Sends {@code input}. */
  public static void fuzzerTestOneInput(byte[] input) {
    int end = 0;
    while (end < input.length && !(input[end] == '\n' && (end == 0 || input[end - 1] == '\n'))) {
      end++;
    }
    String[] lines = new String(input, 0, end, StandardCharsets.ISO_8859_1).split("\n", 40);
    String[] first = lines[0].split(" ", 2);
    String method = first[0].replaceAll("[^A-Za-z]", "");
    String target = first.length < 2 ? "/" : "/" + first[1].replaceAll("[^!-~]|^/", "");
    HttpFields fields = HttpFields.empty();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      String name = colon < 0 ? "" : lines[i].substring(0, colon).replaceAll("[^A-Za-z0-9-]", "");
      if (!name.isEmpty()) {
        fields = fields.with(name, lines[i].substring(colon + 1).replaceAll("[^ -~]", "").strip());
      }
    }
    byte[] body = Arrays.copyOfRange(input, Math.min(end + 1, input.length), input.length);
    ServedExchange.send(method.isEmpty() ? "GET" : method, target, fields, Pieces.cut(body));
  }
}
