// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite.mutants;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The arguments of a request of version 1: of the query, the header fields and the body. */
final class Version1Arguments {
  private Version1Arguments() {}

  static Map<String, String> of(Call call) {
    Map<String, String> arguments = new LinkedHashMap<>();
    int query = call.target().indexOf('?');
    if (query >= 0) {
      add(arguments, call.target().substring(query + 1));
    }
    add(arguments, call.fields().joined("X-HgArg"));
    String posted = call.field("X-HgArgs-Post");
    if (posted.matches("[0-9]{1,8}") && Integer.parseInt(posted) <= call.body().length()) {
      byte[] form = call.body().substring(0, Integer.parseInt(posted)).toByteArray();
      add(arguments, new String(form, StandardCharsets.ISO_8859_1));
    }
    return arguments;
  }

  private static void add(Map<String, String> arguments, String form) {
    for (String pair : form.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        arguments.put(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
      }
    }
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException malformed) {
      return value;
    }
  }

  /** Returns the request with other arguments, all of them in the query. */
  static Call with(Call call, Map<String, String> arguments) {
    String query =
        arguments.entrySet().stream()
            .map(
                entry ->
                    entry.getKey()
                        + "="
                        + URLEncoder.encode(entry.getValue(), StandardCharsets.ISO_8859_1))
            .collect(Collectors.joining("&"));
    return call.withFields(
            field -> field.getKey().toLowerCase(Locale.ROOT).startsWith("x-hgarg") ? null : field)
        .withTarget(call.target().replaceAll("\\?.*", "") + "?" + query);
  }
}
