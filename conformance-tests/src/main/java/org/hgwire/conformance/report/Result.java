// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * What a run of one profile said of one peer.
 *
 * @param profile the profile, such as {@code v2-server}
 * @param peer the implementation and its version, such as {@code hgwire 0.1.0}
 * @param level the lowest level that was run, or empty if all were
 * @param configuration the configuration of the run, as JSON's values
 * @param cases all cases of the profile
 */
public record Result(
    @JsonProperty(required = true) String profile,
    @JsonProperty(required = true) String peer,
    String level,
    Map<String, Object> configuration,
    @JsonProperty(required = true) List<ResultCase> cases) {
  /** Copies the list. */
  public Result {
    cases = List.copyOf(cases);
  }

  /** Returns the cases that ended as nobody expected: none if the run succeeded. */
  public List<ResultCase> unexpected() {
    return cases.stream().filter(each -> each.result().isUnexpected()).toList();
  }

  /** Returns how many cases have {@code verdict}. */
  public long count(Verdict verdict) {
    return cases.stream().filter(each -> each.result() == verdict).count();
  }
}
