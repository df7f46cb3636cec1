// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.report;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What became of a case. */
public enum Verdict {
  /** The peer did what the case expects. */
  @JsonProperty("pass")
  PASS("pass", "✓", "did what the case expects"),
  /** The peer did not do what the case expects. */
  @JsonProperty("fail")
  FAIL("fail", "✗", "did not do what the case expects"),
  /** The peer does not offer what the case is about. */
  @JsonProperty("skip")
  SKIP("skip", "–", "does not offer what the case is about"),
  /** The case was not run. */
  @JsonProperty("excluded")
  EXCLUDED("excluded", "○", "was not run, as the configuration says"),
  /** The case failed, as the configuration says that it does. */
  @JsonProperty("xfail")
  EXPECTED_FAILURE("xfail", "x", "failed, as the configuration says it does"),
  /** The case passed, although the configuration says that it fails. */
  @JsonProperty("xpass")
  UNEXPECTED_PASS("xpass", "!", "passed, although the configuration says it fails");

  private final String word;
  private final String sign;
  private final String meaning;

  Verdict(String word, String sign, String meaning) {
    this.word = word;
    this.sign = sign;
    this.meaning = meaning;
  }

  /** Returns the word in the JSON of a result. */
  public String word() {
    return word;
  }

  /** Returns the character that stands for it in the matrix. */
  String sign() {
    return sign;
  }

  /** Returns what it means, after the name of a peer. */
  String meaning() {
    return meaning;
  }

  /** Returns whether nobody expected it: a run with such a case has not succeeded. */
  public boolean isUnexpected() {
    return this == FAIL || this == UNEXPECTED_PASS;
  }

  /** Returns whether frames are shown: the case failed, or was expected to. */
  boolean isFailure() {
    return this == FAIL || this == EXPECTED_FAILURE || this == UNEXPECTED_PASS;
  }
}
