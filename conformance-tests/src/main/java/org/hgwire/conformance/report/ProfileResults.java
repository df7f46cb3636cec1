// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The results of one profile side by side: a column for each, and a row for each case. */
final class ProfileResults {
  /**
   * A case, and what became of it.
   *
   * @param anchor an id for it in the page
   * @param sample the case, with title, level and citation of the first results that have them
   * @param cells what each result says, or null where it lacks the case
   */
  record Row(String anchor, ResultCase sample, List<@Nullable ResultCase> cells) {
    private Row completed(ResultCase other) {
      return new Row(anchor, sample.completed(other), cells);
    }

    /** Returns whether it failed anywhere, expectedly or not, or passed unexpectedly. */
    boolean isFailure() {
      return cells.stream().anyMatch(cell -> cell != null && cell.result().isFailure());
    }

    /** Returns the id of what a result says of it. */
    String anchor(int column) {
      return anchor + "-" + column;
    }
  }

  /** The cases whose ids begin with the same parts. */
  record Group(String name, List<Row> rows) {
    boolean isFailure() {
      return rows.stream().anyMatch(Row::isFailure);
    }

    /** Returns how many cases have {@code verdict} in a column. */
    long count(int column, Verdict verdict) {
      return rows.stream()
          .map(row -> row.cells().get(column))
          .filter(cell -> cell != null && cell.result() == verdict)
          .count();
    }
  }

  private final String anchor;
  private final String name;
  private final List<Result> results;
  private final List<Group> groups;

  private ProfileResults(String anchor, String name, List<Result> results) {
    this.anchor = anchor;
    this.name = name;
    this.results = results;
    this.groups = sort();
  }

  /** Sorts results into profiles; both are in the order in which they come. */
  static List<ProfileResults> of(List<Result> results) {
    Map<String, List<Result>> profiles = new LinkedHashMap<>();
    for (Result result : results) {
      profiles.computeIfAbsent(result.profile(), key -> new ArrayList<>()).add(result);
    }
    List<ProfileResults> sorted = new ArrayList<>();
    profiles.forEach(
        (name, each) -> sorted.add(new ProfileResults("p" + sorted.size(), name, each)));
    return sorted;
  }

  private List<Group> sort() {
    Map<String, Row> rows = new LinkedHashMap<>();
    for (int column = 0; column < results.size(); column++) {
      for (ResultCase each : results.get(column).cases()) {
        Row known = rows.get(each.id());
        Row row =
            known == null ? emptyRow(anchor + "-" + rows.size(), each) : known.completed(each);
        row.cells().set(column, each);
        rows.put(each.id(), row);
      }
    }
    Map<String, List<Row>> sorted = new LinkedHashMap<>();
    for (Row row : rows.values()) {
      sorted.computeIfAbsent(row.sample().group(), key -> new ArrayList<>()).add(row);
    }
    return sorted.entrySet().stream()
        .map(each -> new Group(each.getKey(), each.getValue()))
        .toList();
  }

  private Row emptyRow(String rowAnchor, ResultCase sample) {
    List<@Nullable ResultCase> cells = new ArrayList<>(Collections.nCopies(results.size(), null));
    return new Row(rowAnchor, sample, cells);
  }

  /** Returns the id of its part of the page. */
  String anchor() {
    return anchor;
  }

  String name() {
    return name;
  }

  List<Result> results() {
    return results;
  }

  List<Group> groups() {
    return groups;
  }

  /** Returns all rows, group after group. */
  List<Row> rows() {
    return groups.stream().flatMap(group -> group.rows().stream()).toList();
  }
}
