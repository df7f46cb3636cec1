// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.repository;

import java.util.Locale;
import org.hgwire.core.ByteString;

/** How far a changeset has gone out. The order is Mercurial's: public is the lowest. */
public enum Phase {
  /** Seen by others and immutable. */
  PUBLIC,
  /** Shared between people who expect it to change. */
  DRAFT,
  /** Never leaves the repository. */
  SECRET;

  /** Returns the name on the wire: {@code public}, {@code draft} or {@code secret}. */
  public ByteString wireName() {
    return ByteString.utf8(name().toLowerCase(Locale.ROOT));
  }
}
