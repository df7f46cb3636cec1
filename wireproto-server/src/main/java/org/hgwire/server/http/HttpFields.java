// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of a message, in order. A name may occur any number of times, and its case does
 * not matter.
 *
 * @param entries the name and value of each field
 */
public record HttpFields(List<Entry<String, String>> entries) {
  private static final HttpFields EMPTY = new HttpFields(List.of());

  /** Copies the list. */
  public HttpFields {
    entries = List.copyOf(entries);
  }

  /** Returns no fields. */
  public static HttpFields empty() {
    return EMPTY;
  }

  /** Returns one field. */
  public static HttpFields of(String name, String value) {
    return new HttpFields(List.of(Map.entry(name, value)));
  }

  /** Returns these fields and one more. */
  public HttpFields with(String name, String value) {
    List<Entry<String, String>> more = new ArrayList<>(entries);
    more.add(Map.entry(name, value));
    return new HttpFields(more);
  }

  /** Returns these fields with one field called {@code name}, in place of all of that name. */
  HttpFields replacing(String name, String value) {
    List<Entry<String, String>> others = new ArrayList<>(entries);
    others.removeIf(entry -> entry.getKey().equalsIgnoreCase(name));
    others.add(Map.entry(name, value));
    return new HttpFields(others);
  }

  /** Returns the values of all fields by name, in a map that ignores the case of names. */
  public Map<String, List<String>> byName() {
    Map<String, List<String>> found = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Entry<String, String> entry : entries) {
      found.computeIfAbsent(entry.getKey(), name -> new ArrayList<>()).add(entry.getValue());
    }
    return found;
  }

  /** Returns the values of all fields called {@code name}, in order. */
  public List<String> all(String name) {
    List<String> found = new ArrayList<>(1);
    for (Entry<String, String> entry : entries) {
      if (entry.getKey().equalsIgnoreCase(name)) {
        found.add(entry.getValue());
      }
    }
    return found;
  }

  /** Returns the members of all comma-separated lists called {@code name} (RFC 9110, 5.6.1). */
  List<String> list(String name) {
    List<String> members = new ArrayList<>(1);
    for (String value : all(name)) {
      for (String member : value.split(",", -1)) {
        if (!member.isBlank()) {
          members.add(member.strip());
        }
      }
    }
    return members;
  }

  /** Returns the value of the first field called {@code name}, or null. */
  public @Nullable String first(String name) {
    for (Entry<String, String> entry : entries) {
      if (entry.getKey().equalsIgnoreCase(name)) {
        return entry.getValue();
      }
    }
    return null;
  }

  /**
   * Returns the values of {@code name-1}, {@code name-2} and so on, joined: Mercurial splits a long
   * value into numbered fields. Empty if there is no {@code name-1}.
   */
  public String joined(String name) {
    StringBuilder whole = new StringBuilder();
    for (int part = 1; part <= entries.size(); part++) {
      String value = first(name + "-" + part);
      if (value == null) {
        break;
      }
      whole.append(value);
    }
    return whole.toString();
  }

  /** Returns the names alone: values may be secrets. */
  @Override
  public String toString() {
    return "HttpFields" + entries.stream().map(Entry::getKey).toList();
  }
}
