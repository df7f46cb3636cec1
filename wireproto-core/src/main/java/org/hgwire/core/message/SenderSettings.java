// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.message;

import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.ErrorScope;
import org.hgwire.core.WireErrorCode;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.MapReader;
import org.hgwire.core.cbor.ValueReader;

/**
 * What the sender understands (wireprotocolrpc, Sender Protocol Settings).
 *
 * @param contentEncodings names of content encodings in order of preference
 * @param textOutput whether it accepts text output frames (an extension, see
 *     docs/protocol-extensions.md)
 * @param progress whether it accepts progress frames (the same extension)
 */
public record SenderSettings(List<String> contentEncodings, boolean textOutput, boolean progress) {
  /** The settings of a peer that sent none: only identity, no side channels. */
  public static final SenderSettings DEFAULT =
      new SenderSettings(List.of("identity"), false, false);

  private static final String ENCODINGS = "contentencodings";
  private static final String SIDE_CHANNELS = "hgwire-sidechannels";
  private static final ByteString TEXT_OUTPUT = ByteString.utf8("text-output");
  private static final ByteString PROGRESS = ByteString.utf8("progress");

  /** Copies the list. */
  public SenderSettings {
    contentEncodings = List.copyOf(contentEncodings);
  }

  /**
   * Reads settings from their map; unknown keys and side channels are ignored.
   *
   * @throws org.hgwire.core.WireProtocolException with code SETTINGS if {@code value} is malformed
   */
  public static SenderSettings read(CborValue value) {
    MapReader fields =
        new ValueReader("sender settings", WireErrorCode.SETTINGS, ErrorScope.CONNECTION)
            .fields(value);
    List<ByteString> sideChannels = fields.optionalByteStrings(SIDE_CHANNELS);
    // "If not defined, the value is assumed to be a list with the single value identity"
    List<String> encodings =
        fields.optional(ENCODINGS) == null
            ? DEFAULT.contentEncodings
            : fields.optionalByteStrings(ENCODINGS).stream().map(ByteString::utf8).toList();
    return new SenderSettings(
        encodings, sideChannels.contains(TEXT_OUTPUT), sideChannels.contains(PROGRESS));
  }

  /** Returns the map of the settings. */
  public CborMap toCbor() {
    CborMap.Builder map =
        CborMap.builder()
            .put(
                ENCODINGS,
                CborArray.ofByteStrings(contentEncodings.stream().map(ByteString::utf8).toList()));
    List<ByteString> sideChannels = new ArrayList<>();
    if (textOutput) {
      sideChannels.add(TEXT_OUTPUT);
    }
    if (progress) {
      sideChannels.add(PROGRESS);
    }
    if (!sideChannels.isEmpty()) {
      map.put(SIDE_CHANNELS, CborArray.ofByteStrings(sideChannels));
    }
    return map.build();
  }
}
