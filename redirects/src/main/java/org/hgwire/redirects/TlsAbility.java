// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects;

import java.util.Set;

/**
 * What the TLS of a client can do, against which targets are held.
 *
 * @param serverNames whether it sends Server Name Indication
 * @param versions the versions it speaks, as {@code 1.2}
 */
public record TlsAbility(boolean serverNames, Set<String> versions) {
  /** Copies the set. */
  public TlsAbility {
    versions = Set.copyOf(versions);
  }

  /** Returns what the default TLS of this platform can do. */
  public static TlsAbility ofPlatform() {
    throw new UnsupportedOperationException();
  }
}
