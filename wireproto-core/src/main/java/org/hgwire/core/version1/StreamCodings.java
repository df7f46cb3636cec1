// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.version1;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hgwire.core.encoding.ContentEncoding;
import org.hgwire.core.encoding.ContentEncodings;
import org.hgwire.core.encoding.IdentityEncoding;
import org.hgwire.core.encoding.ZlibEncoding;
import org.hgwire.core.encoding.Zstd8mbEncoding;
import org.jspecify.annotations.Nullable;

/**
 * The compressions of streams that a client reads, by the names that version 1 has for them
 * (wireprotocol, Compression Engines). Immutable.
 */
public final class StreamCodings {
  private static final Map<String, String> NAMES =
      Map.of(
          Zstd8mbEncoding.NAME, "zstd", ZlibEncoding.NAME, "zlib", IdentityEncoding.NAME, "none");

  private final Map<String, ContentEncoding> codings = new LinkedHashMap<>();

  /** Makes the compressions that have a name among some content encodings. */
  public StreamCodings(ContentEncodings encodings) {
    for (ContentEncoding encoding : encodings.preferred()) {
      String name = NAMES.get(encoding.name());
      if (name != null) {
        codings.put(name, encoding);
      }
    }
  }

  /**
   * Returns what a client says of itself in {@code X-HgProto-1}: the media types that it reads, and
   * the compressions, the most preferred first.
   */
  public String protocol() {
    return "0.1 0.2 comp=" + String.join(",", codings.keySet());
  }

  /** Returns the encoding with a name, or null if the client did not offer it. */
  public @Nullable ContentEncoding find(String name) {
    return codings.get(name);
  }
}
