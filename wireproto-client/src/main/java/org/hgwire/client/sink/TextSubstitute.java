// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.sink;

import org.hgwire.core.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * What a server has, and sends, in place of the text of a file revision. The hash of a substitute
 * is not the node, so no hash covers it: that the text is not there is what the server says.
 */
public sealed interface TextSubstitute permits CensoredRevision, StoredElsewhere {
  /**
   * How long a substitute may be, in bytes. Not a WireLimit: a longer text is just no substitute.
   */
  int MAX_BYTES = 64 * 1024;

  /** Returns what {@code text} stands for, or null if it is an ordinary text. */
  static @Nullable TextSubstitute read(ByteString text) {
    TextSubstitute censored = CensoredRevision.read(text);
    return censored == null ? StoredElsewhere.read(text) : censored;
  }

  /** Returns what happened to the text, for people: "was censored (…)". */
  String describe();
}
