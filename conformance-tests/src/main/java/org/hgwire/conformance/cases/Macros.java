// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cases;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands for other text in a line of a case: nodes, what the peer has, and repetitions. */
final class Macros {
  private static final Pattern MACRO =
      Pattern.compile("\\{(?:(node|hex):([^{}]+)|repeat:([0-9]+):([^{}]*)|([a-z]+))\\}");

  private final KnownNodes names;
  private final Map<String, String> values;

  /** Makes macros without values of a peer. */
  Macros(KnownNodes names) {
    this(names, Map.of());
  }

  /**
   * Makes macros.
   *
   * @param values what stands for the names of values that the peer has
   */
  Macros(KnownNodes names, Map<String, String> values) {
    this.names = names;
    this.values = values;
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
    if (macro.group(5) != null) {
      return values.getOrDefault(macro.group(5), macro.group());
    }
    if (macro.group(1) == null) {
      return macro.group(4).repeat(Integer.parseInt(macro.group(3)));
    }
    String hex = names.get(macro.group(2)).hex();
    return macro.group(1).equals("hex") ? hex : hex.replaceAll("..", "\\\\x$0");
  }
}
