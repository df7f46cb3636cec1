// SPDX-License-Identifier: Apache-2.0
package org.hgwire.redirects.clonebundles;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One bundle of a manifest.
 *
 * @param line the number of its line, from 1
 * @param url where it is, as the manifest has it
 * @param attributes the attributes in their order, decoded; the last of a key counts. COMPRESSION
 *     and VERSION are there if BUNDLESPEC says them
 */
public record CloneBundleEntry(int line, String url, Map<String, String> attributes) {
  /** Copies the map and keeps its order. */
  public CloneBundleEntry {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }
}
