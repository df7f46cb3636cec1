// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.cases;

import org.jspecify.annotations.Nullable;

/** What every case has, line by line. */
final class CaseAttributes {
  private final String id;
  private @Nullable Citation citation;
  private @Nullable Level level;
  private String title = "";
  private String cause = "";

  CaseAttributes(String id) {
    this.id = id;
    if (!id.matches("[a-z0-9]+(?:[-/][a-z0-9]+)*")) {
      throw new IllegalArgumentException("this is not the id of a case");
    }
  }

  /** Reads a line, or returns false if it is not of an attribute that every case has. */
  boolean add(String line) {
    String[] words = line.split(" ", 2);
    String value = words.length < 2 ? "" : words[1];
    switch (words[0]) {
      case "title" -> title = value;
      case "level" -> level = Level.valueOf(value);
      case "cause" -> cause = value;
      case "text" -> {
        String[] parts = value.split(" ", 2);
        citation = new Citation(parts[0], parts[1]);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  String id() {
    return id;
  }

  String title() {
    return title;
  }

  String cause() {
    return cause;
  }

  @Nullable Citation citation() {
    return citation;
  }

  /**
   * Returns the level.
   *
   * @throws IllegalArgumentException if something is missing that every case has
   */
  Level requireLevel() {
    Level known = level;
    if (known == null || title.isEmpty() || cause.isEmpty()) {
      throw new IllegalArgumentException("the case " + id + " lacks its title, level or cause");
    }
    return known;
  }
}
