// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.version1;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import org.hgwire.core.ByteString;
import org.hgwire.core.command.HttpV2Api;
import org.jspecify.annotations.Nullable;

/**
 * Where the arguments of a request are sent (wireprotocol, "HTTP Version 1 Transport"): in the
 * body, if the server accepts that; else in header fields, or in the query.
 *
 * @param query the query of the URL, with the command
 * @param headers header fields, in order
 * @param body the body, or null for a GET
 */
public record ArgumentForm(String query, Map<String, String> headers, @Nullable ByteString body) {
  private static final String HEX = "0123456789ABCDEF";

  /** Returns the form that a server wants for a request. */
  public static ArgumentForm of(Version1Request request, Version1Capabilities capabilities) {
    String command = "cmd=" + request.command();
    String form = encoded(request);
    if (form.isEmpty()) {
      return new ArgumentForm(command, Map.of(), null);
    }
    Map<String, String> headers = new LinkedHashMap<>();
    if (capabilities.acceptsPostedArguments()) {
      ByteString body = ByteString.utf8(form);
      headers.put(HttpV2Api.POSTED_ARGUMENTS_HEADER, Integer.toString(body.length()));
      headers.put("Content-Type", HttpV2Api.V1_MEDIA_TYPE);
      return new ArgumentForm(command, headers, body);
    }
    int max =
        capabilities.headerLength() - HttpV2Api.ARGUMENTS_HEADER.length() - "-9999: ".length();
    if (max <= 0) {
      return new ArgumentForm(command + "&" + form, Map.of(), null);
    }
    StringBuilder names = new StringBuilder(HttpV2Api.PROTO_HEADER + "-1");
    for (int from = 0; from < form.length(); from += max) {
      String name = HttpV2Api.ARGUMENTS_HEADER + "-" + (headers.size() + 1);
      headers.put(name, form.substring(from, Math.min(form.length(), from + max)));
      names.append(',').append(name);
    }
    headers.put("Vary", names.toString());
    return new ArgumentForm(command, headers, null);
  }

  private static String encoded(Version1Request request) {
    StringBuilder form = new StringBuilder();
    for (Entry<String, ByteString> argument : request.arguments().entrySet()) {
      form.append(form.isEmpty() ? "" : "&");
      encode(ByteString.utf8(argument.getKey()), form);
      form.append('=');
      encode(argument.getValue(), form);
    }
    return form.toString();
  }

  private static void encode(ByteString text, StringBuilder form) {
    for (int i = 0; i < text.length(); i++) {
      int c = text.at(i) & 0xff;
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "_.-~".indexOf(c) >= 0;
      if (plain) {
        form.append((char) c);
      } else if (c == ' ') {
        form.append('+');
      } else {
        form.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
  }
}
