// SPDX-License-Identifier: Apache-2.0
package org.hgwire.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.hgwire.server.http.HttpFields;

/**
 * Arguments of version 1 as a server reads them. The first byte says which command, and whether
 * they are in the query, in header fields of few bytes, or in the body.
 */
public final class Version1ArgumentsFuzzer {
  private static final String[] COMMANDS = {
    "batch", "getbundle", "known", "lookup", "listkeys", "heads", "pushkey", "between"
  };
  private static final int FIELD = 24;

  private Version1ArgumentsFuzzer() {}

  /** Sends {@code input}. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    int choice = input[0] & 0xff;
    String target = "/?cmd=" + COMMANDS[choice % COMMANDS.length];
    byte[] form = Arrays.copyOfRange(input, 1, input.length);
    String text = new String(form, StandardCharsets.ISO_8859_1).replaceAll("[^!-~]", "");
    HttpFields fields = HttpFields.empty();
    switch (choice / COMMANDS.length % 3) {
      case 0 -> ServedExchange.send("GET", target + "&" + text, fields, Pieces.cut(new byte[0]));
      case 1 -> {
        for (int from = 0; from < text.length(); from += FIELD) {
          fields =
              fields.with(
                  "X-HgArg-" + (1 + from / FIELD),
                  text.substring(from, Math.min(text.length(), from + FIELD)));
        }
        ServedExchange.send("GET", target, fields, Pieces.cut(new byte[0]));
      }
      default -> {
        fields =
            fields
                .with("X-HgArgs-Post", Integer.toString(form.length))
                .with("Content-Type", "application/mercurial-0.1");
        ServedExchange.send("POST", target, fields, Pieces.cut(form));
      }
    }
  }
}
