// SPDX-License-Identifier: Apache-2.0
package org.hgwire.examples.cli;

import java.io.PrintWriter;
import java.util.Map.Entry;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBoolean;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborNull;
import org.hgwire.core.cbor.CborSet;
import org.hgwire.core.cbor.CborValue;
import org.hgwire.core.cbor.DiagnosticNotation;

/**
 * Writes values as JSON, one to one: two values that differ never look alike. Byte strings are
 * {@linkplain JsonString strings}; a set is an object with the one key {@code cbor:set}; a key that
 * is no byte string is {@code cbor:} and its diagnostic notation.
 *
 * @param out where the JSON goes
 */
record JsonWriter(PrintWriter out) implements CborValue.Visitor<PrintWriter> {
  @Override
  public PrintWriter visitNull(CborNull value) {
    return out.append("null");
  }

  @Override
  public PrintWriter visitBoolean(CborBoolean value) {
    return out.append(value.value() ? "true" : "false");
  }

  @Override
  public PrintWriter visitInteger(CborInteger value) {
    return out.append(value.toBigInteger().toString());
  }

  @Override
  public PrintWriter visitBytes(CborBytes value) {
    JsonString.print(value.value(), out);
    return out;
  }

  @Override
  public PrintWriter visitArray(CborArray value) {
    return items(value.items());
  }

  @Override
  public PrintWriter visitSet(CborSet value) {
    out.append("{\"").append(JsonString.CBOR).append("set\":");
    return items(value.members()).append('}');
  }

  @Override
  public PrintWriter visitMap(CborMap value) {
    String before = "{";
    for (Entry<CborValue, CborValue> entry : value.entries()) {
      out.append(before);
      if (entry.getKey() instanceof CborBytes key) {
        JsonString.print(key.value(), out);
      } else {
        JsonString.print(JsonString.CBOR + DiagnosticNotation.print(entry.getKey()), out);
      }
      out.append(":");
      entry.getValue().accept(this);
      before = ",";
    }
    return out.append(before.equals("{") ? "{}" : "}");
  }

  private PrintWriter items(Iterable<CborValue> items) {
    String before = "[";
    for (CborValue item : items) {
      out.append(before);
      item.accept(this);
      before = ",";
    }
    return out.append(before.equals("[") ? "[]" : "]");
  }
}
