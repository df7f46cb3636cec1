// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client.bundle;

import java.io.IOException;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.core.bundle.ObsolescenceMarker;

/**
 * Gets what a bundle has besides its revisions, as it comes: between two of them, or before or
 * after all. No hash covers any of it. Every method does nothing unless it is overridden.
 */
public interface BundleParts {
  /** Ignores everything: then nothing is decoded, and what is malformed is not found. */
  BundleParts IGNORED = new BundleParts() {};

  /**
   * The keys and values of a pushkey namespace, such as {@code bookmarks}.
   *
   * @throws IOException ends the reading, which throws it
   */
  default void keys(String namespace, Map<ByteString, ByteString> keys) throws IOException {}

  /**
   * An obsolescence marker, well formed.
   *
   * @throws IOException ends the reading, which throws it
   */
  default void marker(ObsolescenceMarker marker) throws IOException {}

  /**
   * The bundle was read to its end, and has nothing that is malformed; its last revisions may not
   * have been verified.
   *
   * @throws IOException ends the reading, which throws it
   */
  default void ended() throws IOException {}
}
