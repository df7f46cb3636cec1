// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.util.Collection;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** The name that was probably meant. */
final class NearestName {
  private NearestName() {}

  /** Returns {@code " (did you mean NAME?)"} if one of the names is near, else nothing. */
  static String hint(String given, Collection<String> names) {
    String nearest = of(given, names);
    return nearest == null ? "" : " (did you mean " + nearest + "?)";
  }

  /** Returns the name with the fewest edits, or null if none is near. */
  static @Nullable String of(String given, Collection<String> names) {
    return names.stream()
        .filter(name -> edits(given, name) <= 1 + name.length() / 3)
        .min(Comparator.comparingInt(name -> edits(given, name)))
        .orElse(null);
  }

  /** Returns how many characters must be inserted, deleted or replaced. */
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
