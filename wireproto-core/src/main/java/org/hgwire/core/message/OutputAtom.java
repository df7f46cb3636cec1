// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.message;

import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;

/**
 * One formatting request of a message for people (wireprotocolrpc, Human Output Side-Channel).
 *
 * @param message the formatting string, in which only {@code %s} and {@code %%} are special
 * @param arguments what replaces each {@code %s}
 * @param labels how the text may be decorated
 */
public record OutputAtom(ByteString message, List<ByteString> arguments, List<ByteString> labels) {
  /** Copies the lists. */
  public OutputAtom {
    arguments = List.copyOf(arguments);
    labels = List.copyOf(labels);
  }

  static OutputAtom read(CborValue value, Fields.Source source) {
    Fields fields = source.map(value);
    return new OutputAtom(
        fields.bytes("msg"),
        fields.optionalByteStrings("args"),
        fields.optionalByteStrings("labels"));
  }

  /** Returns the map of the atom; what is empty and optional is left out. */
  CborMap toCbor() {
    CborMap.Builder map = CborMap.builder().put("msg", message);
    if (!arguments.isEmpty()) {
      map.put("args", Fields.arrayOf(arguments));
    }
    if (!labels.isEmpty()) {
      map.put("labels", Fields.arrayOf(labels));
    }
    return map.build();
  }
}
