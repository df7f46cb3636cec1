// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cases;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands for other text in a line of a case: nodes by name, and repetitions. */
final class Macros {
  private static final Pattern MACRO =
      Pattern.compile("\\{(?:(node|hex):([^{}]+)|repeat:([0-9]+):([^{}]*))\\}");

  private final KnownNodes names;

  Macros(KnownNodes names) {
    this.names = names;
  }

  String expand(String line) {
    Matcher macro = MACRO.matcher(line);
    StringBuilder expanded = new StringBuilder();
    while (macro.find()) {
      macro.appendReplacement(expanded, Matcher.quoteReplacement(value(macro)));
    }
    String whole = macro.appendTail(expanded).toString();
    return whole.equals(line) ? line : expand(whole);
  }

  private String value(Matcher macro) {
    if (macro.group(1) == null) {
      return macro.group(4).repeat(Integer.parseInt(macro.group(3)));
    }
    String hex = names.get(macro.group(2)).hex();
    return macro.group(1).equals("hex") ? hex : hex.replaceAll("..", "\\\\x$0");
  }
}
