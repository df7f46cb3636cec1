// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.clonebundles;

import java.util.ArrayList;
import java.util.List;

/**
 * A preference of the user: entries whose attribute {@code key} is exactly {@code value}.
 *
 * @param key the key of an attribute
 * @param value its value
 */
public record BundlePreference(String key, String value) {
  /**
   * Parses a preference such as {@code COMPRESSION=zstd}.
   *
   * @throws IllegalArgumentException if there is no equals sign
   */
  public static BundlePreference parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      throw new IllegalArgumentException(
          "a preference has the form KEY=value, not \"" + text + "\"");
    }
    return new BundlePreference(text.substring(0, equals), text.substring(equals + 1));
  }

  /**
   * Parses several, the most important first, in the form of {@code ui.clonebundleprefers}:
   * separated by commas or white space, which one in double quotes may contain.
   *
   * @throws IllegalArgumentException if one has no equals sign, or a quote is not closed
   */
  public static List<BundlePreference> parseList(String text) {
    List<BundlePreference> preferences = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      char first = text.charAt(at);
      if (isSeparator(first)) {
        at++;
        continue;
      }
      int end = at;
      if (first == '"') {
        at++;
        end = text.indexOf('"', at);
        if (end < 0) {
          throw new IllegalArgumentException("a quote is not closed in the preferences " + text);
        }
      } else {
        while (end < text.length() && !isSeparator(text.charAt(end))) {
          end++;
        }
      }
      preferences.add(parse(text.substring(at, end)));
      at = end + 1;
    }
    return preferences;
  }

  private static boolean isSeparator(char c) {
    return c == ',' || c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  /** Returns whether the entry is preferred. */
  public boolean matches(CloneBundleEntry entry) {
    return value.equals(entry.attribute(key));
  }

  @Override
  public String toString() {
    return key + "=" + value;
  }
}
