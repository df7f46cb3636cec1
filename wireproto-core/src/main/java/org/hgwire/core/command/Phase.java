// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import java.util.Locale;
import org.hgwire.core.ByteString;
import org.jspecify.annotations.Nullable;

/** How final a changeset is. The phase of a changeset is never less than that of its parents. */
public enum Phase {
  /** Shared and immutable. */
  PUBLIC(0),
  /** May still be rewritten; is shared. */
  DRAFT(1),
  /** May still be rewritten; is never shared. */
  SECRET(2);

  private final int number;

  Phase(int number) {
    this.number = number;
  }

  /** Returns the name on the wire: {@code public}, {@code draft} or {@code secret}. */
  public ByteString wireName() {
    return ByteString.utf8(name().toLowerCase(Locale.ROOT));
  }

  /** Returns the number of the phase in the pushkey namespace {@code phases}: 0, 1 or 2. */
  public int number() {
    return number;
  }

  /** Returns the phase with that name, or null if there is none. */
  public static @Nullable Phase named(ByteString wireName) {
    for (Phase phase : values()) {
      if (phase.wireName().equals(wireName)) {
        return phase;
      }
    }
    return null;
  }
}
