// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite;

import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hgwire.conformance.cases.CaseCatalog;
import org.hgwire.conformance.cases.Profile;
import org.hgwire.conformance.cases.SuiteCase;
import org.jspecify.annotations.Nullable;

/** Patterns of the ids of cases, in which an asterisk stands for any characters. */
final class CasePatterns {
  /** Read when a pattern has to be checked. */
  private static final class AllCases {
    static final List<String> IDS =
        Stream.of(Profile.values())
            .flatMap(profile -> CaseCatalog.all(profile).stream())
            .map(SuiteCase::id)
            .toList();

    private AllCases() {}
  }

  private CasePatterns() {}

  /**
   * Checks that every pattern of a configuration matches a case of some profile: one that does not
   * is mistyped, or names a case that the suite no longer has.
   *
   * @throws IllegalArgumentException if one matches none
   */
  static void requireCases(SuiteConfiguration configuration) {
    requireCases("exclude", configuration.exclusions().keySet());
    requireCases("expectedFailures", configuration.expectedFailures().keySet());
    requireCases("filter", Set.of(configuration.filter()));
  }

  private static void requireCases(String field, Set<String> patterns) {
    for (String pattern : patterns) {
      if (!pattern.equals("*") && AllCases.IDS.stream().noneMatch(id -> matches(pattern, id))) {
        throw new IllegalArgumentException(
            "no case has an id like \""
                + pattern
                + "\", which is in "
                + field
                + "; `hgwire conformance list` shows the ids");
      }
    }
  }

  static boolean matches(String pattern, String id) {
    return id.matches(Pattern.quote(pattern).replace("*", "\\E.*\\Q"));
  }

  /** Returns the reason of the first pattern that {@code id} matches, or null. */
  static @Nullable String reason(Map<String, String> reasons, String id) {
    for (Entry<String, String> entry : reasons.entrySet()) {
      if (matches(entry.getKey(), id)) {
        return entry.getValue();
      }
    }
    return null;
  }
}
