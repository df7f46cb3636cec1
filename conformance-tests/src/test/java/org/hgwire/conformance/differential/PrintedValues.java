// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.differential;

import java.util.List;
import org.hgwire.conformance.mercurial.Hg;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.DiagnosticNotation;

/** Reads the objects of a response as {@code hg debugwireproto} prints them. */
final class PrintedValues {
  private static final String BEGIN = "response: gen";
  private static final String SET = "set([";

  private PrintedValues() {}

  /** Returns the objects behind the first, in diagnostic notation, or why there is none. */
  static List<String> of(Hg.Result result) {
    int begin = result.output().indexOf(BEGIN);
    if (result.status() != 0 || begin < 0) {
      String last = result.errors().strip().lines().reduce("", (first, next) -> next);
      return List.of("status " + result.status() + ": " + last);
    }
    String printed = withoutSets(result.output().substring(begin + BEGIN.length()));
    CborArray all = (CborArray) DiagnosticNotation.parse(printed);
    return all.items().stream().skip(1).map(FrameOutcome::sorted).toList();
  }

  /** Writes sets as the notation does; Python's literals are notation already. */
  private static String withoutSets(String printed) {
    StringBuilder text = new StringBuilder();
    char quote = 0;
    for (int at = 0; at < printed.length(); at++) {
      char c = printed.charAt(at);
      if (quote != 0) {
        text.append(c);
        if (c == '\\') {
          text.append(printed.charAt(++at));
        } else if (c == quote) {
          quote = 0;
        }
      } else if (printed.startsWith(SET, at)) {
        text.append("258([");
        at += SET.length() - 1;
      } else {
        quote = c == '\'' || c == '"' ? c : 0;
        text.append(c);
      }
    }
    return text.toString();
  }
}
