// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.message;

import java.util.List;
import org.hgwire.core.ByteString;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.MapReader;
import org.hgwire.core.cbor.ValueReader;

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

  static OutputAtom read(CborValue value, ValueReader values) {
    MapReader fields = values.fields(value);
    return new OutputAtom(
        fields.bytes("msg"),
        fields.optionalByteStrings("args"),
        fields.optionalByteStrings("labels"));
  }

  /** Returns the map of the atom, without empty optional lists. */
  CborMap toCbor() {
    CborMap.Builder map = CborMap.builder().put("msg", message);
    if (!arguments.isEmpty()) {
      map.put("args", CborArray.ofByteStrings(arguments));
    }
    if (!labels.isEmpty()) {
      map.put("labels", CborArray.ofByteStrings(labels));
    }
    return map.build();
  }
}
