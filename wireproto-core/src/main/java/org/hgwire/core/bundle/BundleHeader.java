// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.bundle;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hgwire.core.ByteString;

/**
 * The header of a bundle (bundles, Headers; bundle2, Stream Format).
 *
 * @param format the format of what follows
 * @param compression how all that follows is compressed
 * @param parameters the stream level parameters of HG20 in order, unquoted, including {@code
 *     Compression} and unknown advisory ones; the value is empty if there is none
 */
public record BundleHeader(
    Format format, BundleCompression compression, Map<ByteString, ByteString> parameters) {
  /** The formats of bundles. */
  public enum Format {
    /** One changegroup 01. */
    HG10,
    /** Parts. */
    HG20
  }

  /** Copies the parameters. */
  public BundleHeader {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }
}
