// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.differential;

import java.util.Locale;
import org.hgwire.core.WireErrorCode;

/** What hg 5.6.1 decodes and we refuse, by the rule that we enforce. */
enum CborDifference implements Explanation<CborComparison> {
  DUPLICATE_KEY(
      WireErrorCode.DUPLICATE_KEY, "hg takes the last of several entries of a map with one key."),
  DUPLICATE_MEMBER(
      WireErrorCode.DUPLICATE_MEMBER, "hg takes a member that a set has several times as one."),
  VALUE_AND_MORE(
      WireErrorCode.MALFORMED,
      "hg takes the first value of a request, whatever follows and even if that is cut; here such a"
          + " request is malformed.") {
    @Override
    public boolean explains(CborComparison comparison) {
      return super.explains(comparison) && comparison.input().isValueAndMore();
    }
  };

  private final WireErrorCode code;
  private final String reason;

  CborDifference(WireErrorCode code, String reason) {
    this.code = code;
    this.reason = reason;
  }

  @Override
  public String id() {
    return "cbor/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String reason() {
    return reason;
  }

  @Override
  public boolean explains(CborComparison comparison) {
    return comparison.theirs().isAccepted()
        && !comparison.ours().isAccepted()
        && comparison.error() == code;
  }
}
