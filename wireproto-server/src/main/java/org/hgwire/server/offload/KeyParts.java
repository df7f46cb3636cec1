// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.offload;

import org.hgwire.core.cbor.CborMap;
import org.hgwire.server.CacheableCall;
import org.jspecify.annotations.Nullable;

/**
 * Adjusts the key that distinguishes one kept response from another. Called by several threads at
 * once.
 */
@FunctionalInterface
public interface KeyParts {
  /** Leaves the parts as they are. */
  KeyParts STANDARD = (call, parts) -> parts;

  /**
   * Returns the parts of the key of the response to a call.
   *
   * @param parts the standard parts: {@code format}, {@code command}, {@code arguments}, {@code
   *     mediatype}, {@code repository}, {@code state} and {@code version}
   * @return the parts, some of them added, replaced or removed; null if the response must not be
   *     kept
   */
  @Nullable CborMap of(CacheableCall call, CborMap parts);
}
