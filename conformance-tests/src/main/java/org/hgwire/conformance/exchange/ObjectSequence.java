// SPDX-License-Identifier: Apache-2.0
package org.hgwire.conformance.exchange;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.WireLimits;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborDecoder;
import org.hgwire.core.cbor.CborEvent;
import org.hgwire.core.cbor.CborValue;

/** Objects of CBOR, one behind the other. */
public final class ObjectSequence {
  private ObjectSequence() {}

  /**
   * Returns all objects; byte strings in pieces as one.
   *
   * @throws org.hgwire.core.WireProtocolException if {@code bytes} are malformed or cut
   */
  public static List<CborValue> read(ByteString bytes) {
    CborDecoder decoder = new CborDecoder(WireLimits.defaults());
    List<CborValue> values = new ArrayList<>();
    ByteArrayOutputStream pieces = new ByteArrayOutputStream();
    decoder.feed(bytes.asByteBuffer());
    for (CborEvent event = decoder.poll(); event != null; event = decoder.poll()) {
      if (event instanceof CborEvent.ValueRead read) {
        values.add(read.value());
      } else if (event instanceof CborEvent.BytesRead read) {
        pieces.writeBytes(ByteString.copyOf(read.data()).toByteArray());
      } else if (event instanceof CborEvent.BytesEnded) {
        values.add(new CborBytes(ByteString.copyOf(pieces.toByteArray())));
        pieces.reset();
      }
    }
    decoder.endOfInput();
    return values;
  }
}
