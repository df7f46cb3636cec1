// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.suite;

import java.util.Map;
import java.util.Map.Entry;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Patterns of the ids of cases, in which an asterisk stands for any characters. */
final class CasePatterns {
  private CasePatterns() {}

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
