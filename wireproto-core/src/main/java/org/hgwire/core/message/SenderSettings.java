// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.message;

import java.util.List;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;

/**
 * What the sender understands (wireprotocolrpc, Sender Protocol Settings).
 *
 * @param contentEncodings names of content encodings, the most preferred first
 * @param textOutput whether it takes text output frames (an extension: see
 *     docs/protocol-extensions.md)
 * @param progress whether it takes progress frames (likewise)
 */
public record SenderSettings(List<String> contentEncodings, boolean textOutput, boolean progress) {
  /** The settings of a peer that sent none: only identity, no side channels. */
  public static final SenderSettings DEFAULT =
      new SenderSettings(List.of("identity"), false, false);

  /** Copies the list. */
  public SenderSettings {
    contentEncodings = List.copyOf(contentEncodings);
  }

  /**
   * Reads settings from their map; unknown keys are passed over.
   *
   * @throws org.hgwire.core.WireProtocolException with code SETTINGS if {@code value} is not such a
   *     map
   */
  public static SenderSettings read(CborValue value) {
    throw new UnsupportedOperationException();
  }

  /** Returns the map of the settings. */
  public CborMap toCbor() {
    throw new UnsupportedOperationException();
  }
}
