// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hgwire.conformance.cases.Expectation.Condition;

/** Reads expectations: {@link CaseNotation} has the list. */
final class ExpectationNotation {
  /** Makes a condition of what stands behind its keyword. */
  @FunctionalInterface
  interface Reader {
    Condition read(String operand);
  }

  private static final Condition REFUSED =
      ((Condition) CommandConditions::refused).at(FaultPlaces::ofAcceptance);

  private final Map<String, Reader> readers;

  ExpectationNotation(KnownNodes names) {
    BundleConditions bundles = new BundleConditions(names);
    readers =
        Map.ofEntries(
            Map.entry("completes", CommandConditions::completes),
            Map.entry("objects", CommandConditions::objects),
            Map.entry("count", CommandConditions::count),
            Map.entry("contains", CommandConditions::contains),
            Map.entry("fails", CommandConditions::fails),
            Map.entry("responds", CommandConditions::responds),
            Map.entry("encoded", CommandConditions::encoded),
            Map.entry("redirects", RedirectConditions::redirects),
            Map.entry("location", RedirectConditions::location),
            Map.entry("content", RedirectConditions::content),
            Map.entry("targets", RedirectConditions::targets),
            Map.entry("refused", operand -> REFUSED),
            Map.entry("closes", operand -> HttpConditions::closes),
            Map.entry("status", HttpConditions::status),
            Map.entry("header", HttpConditions::header),
            Map.entry("type", HttpConditions::type),
            Map.entry("error", operand -> HttpConditions::error),
            Map.entry("text", HttpConditions::text),
            Map.entry("matches", HttpConditions::matches),
            Map.entry("has", HttpConditions::has),
            Map.entry("lacks", HttpConditions::lacks),
            Map.entry("unsent", HttpConditions::unsent),
            Map.entry("bundle", operand -> BundleConditions::bundle),
            Map.entry("changesets", BundleConditions::changesets),
            Map.entry("nodes", bundles::nodes),
            Map.entry("parts", BundleConditions::parts),
            Map.entry("version", BundleConditions::version),
            Map.entry("media", BundleConditions::media),
            Map.entry("phases", bundles::phases),
            Map.entry("keys", BundleConditions::keys));
  }

  Expectation parse(String text) {
    List<Condition> alternatives = new ArrayList<>();
    // A quoted text may have the word in it, and never has alternatives.
    for (String alternative : text.contains("\"") ? new String[] {text} : text.split(" or ")) {
      String[] words = alternative.split(" ", 2);
      Reader reader = readers.get(words[0]);
      if (reader == null) {
        throw new IllegalArgumentException("there is no expectation \"" + words[0] + "\"");
      }
      alternatives.add(reader.read(words.length < 2 ? "" : words[1]));
    }
    return new Expectation(text, alternatives);
  }
}
