// SPDX-License-Identifier: Apache-2.0
package org.hgwire.client;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The media types of the protocol. */
final class MediaTypes {
  /** Bodies of frames, both ways. */
  static final String FRAMING = "application/mercurial-exp-framing-0006";

  /** One CBOR value: the answer to the handshake. */
  static final String CBOR = "application/mercurial-cbor";

  private MediaTypes() {}

  /** Returns the type without parameters, in lower case; empty if there is none. */
  static String essence(@Nullable String contentType) {
    if (contentType == null) {
      return "";
    }
    int semicolon = contentType.indexOf(';');
    return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
        .trim()
        .toLowerCase(Locale.ROOT);
  }
}
