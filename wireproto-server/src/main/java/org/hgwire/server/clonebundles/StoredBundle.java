// SPDX-License-Identifier: Apache-2.0
package org.hgwire.server.clonebundles;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hgwire.core.ByteString;
import org.hgwire.redirects.HashAlgorithm;
import org.hgwire.redirects.clonebundles.CloneBundleEntry;

/**
 * A bundle in a content store.
 *
 * @param type its bundlespec
 * @param sha256 its SHA-256, by which the store knows it
 * @param sha512 its SHA-512, which clients check
 * @param size its size in bytes
 */
record StoredBundle(String type, ByteString sha256, ByteString sha512, long size) {
  /** Returns whether a manifest, or one line of it, lists the bundle. */
  boolean isIn(String text) {
    return text.contains(sha512.hex());
  }

  /** Returns the entry of a manifest that lists the bundle. */
  CloneBundleEntry entry(URI url) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put(CloneBundleEntry.BUNDLESPEC, type);
    attributes.put(
        CloneBundleEntry.DIGEST, HashAlgorithm.SHA512.wireName().utf8() + ":" + sha512.hex());
    return CloneBundleEntry.of(url.toASCIIString(), attributes);
  }
}
