// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.hgwire.conformance.cases.Citation;
import org.jspecify.annotations.Nullable;

/**
 * A case in a result.
 *
 * @param id the stable id, such as {@code frame/request-id-even}
 * @param title what the case is about, or empty
 * @param level {@code MUST}, {@code SHOULD} or {@code robustness}, or empty
 * @param result what became of it
 * @param millis how long it took
 * @param citation the sentence that it checks, or null if it is about robustness
 * @param cause the likely cause of a failure, or empty
 * @param reason why it was skipped or excluded, or what failed; or empty
 * @param exchanges what was sent and received, in order
 */
public record ResultCase(
    @JsonProperty(required = true) String id,
    String title,
    String level,
    @JsonProperty(required = true) Verdict result,
    long millis,
    @Nullable Citation citation,
    String cause,
    String reason,
    List<ExchangeLines> exchanges) {
  /** Copies the list. */
  public ResultCase {
    exchanges = List.copyOf(exchanges);
  }

  /**
   * Does nothing if the case ended as expected. For tests that each are one case.
   *
   * @throws AssertionError if it did not; the message has what was sent and received
   */
  public void requireExpected() {
    if (result.isUnexpected()) {
      throw new AssertionError(id + ": " + reason + "\n" + CaseDetails.of(this));
    }
  }

  /** Returns this with what it lacks of title, level and citation as in {@code other}. */
  ResultCase completed(ResultCase other) {
    return new ResultCase(
        id,
        title.isEmpty() ? other.title : title,
        level.isEmpty() ? other.level : level,
        result,
        millis,
        citation == null ? other.citation : citation,
        cause,
        reason,
        exchanges);
  }

  /** Returns the id without its last part: the name of the group that the case is in. */
  String group() {
    int slash = id.lastIndexOf('/');
    return slash < 0 ? id : id.substring(0, slash);
  }

  /** Returns the last part of the id. */
  String name() {
    return id.substring(id.lastIndexOf('/') + 1);
  }
}
