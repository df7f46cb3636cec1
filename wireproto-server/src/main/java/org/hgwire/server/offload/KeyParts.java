// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.offload;

import org.hgwire.core.cbor.CborMap;
import org.hgwire.server.CacheableCall;
import org.jspecify.annotations.Nullable;

/** What tells one kept response from another, where a host wants it otherwise. */
@FunctionalInterface
public interface KeyParts {
  /** Leaves the parts as they are. */
  KeyParts STANDARD = (call, parts) -> parts;

  /**
   * Returns the parts of the key of a call's response; all of them count.
   *
   * @param parts the standard parts: {@code format}, {@code command}, {@code arguments}, {@code
   *     mediatype}, {@code repository}, {@code state} and {@code version}
   * @return the parts with some added, replaced or left out; null if nothing is to be kept
   */
  @Nullable CborMap of(CacheableCall call, CborMap parts);
}
