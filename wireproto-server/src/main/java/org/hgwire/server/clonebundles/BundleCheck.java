// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.clonebundles;

import java.io.IOException;
import java.net.URI;
import org.hgwire.core.ByteString;

/**
 * Checks a bundle that was stored, before a manifest lists it. Mercurial does not fall back to a
 * clone without a bundle when it cannot download one or its DIGEST is another.
 */
@FunctionalInterface
public interface BundleCheck {
  /** Checks nothing. */
  BundleCheck NONE = (url, size, sha512) -> {};

  /**
   * Checks that clients get the bundle.
   *
   * @param url where they get it
   * @param size its size in bytes
   * @param sha512 its SHA-512
   * @throws IOException if they get nothing, or something else
   */
  void check(URI url, long size, ByteString sha512) throws IOException;
}
