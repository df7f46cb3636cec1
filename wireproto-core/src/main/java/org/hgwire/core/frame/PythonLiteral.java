// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.frame;

import java.util.List;
import java.util.Map.Entry;
import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBoolean;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborNull;
import org.hgwire.core.cbor.CborSet;
import org.hgwire.core.cbor.CborValue;

/**
 * Prints values as Python literals: {@code {b'name': b'heads', b'n': [1, True, None, {1, 2}]}}, the
 * empty set as {@code set()}. {@link PythonLiteralParser} reads them.
 */
final class PythonLiteral implements CborValue.Visitor<StringBuilder> {
  private final StringBuilder text;

  private PythonLiteral(StringBuilder text) {
    this.text = text;
  }

  /** Appends {@code value} to {@code text}: printable ASCII only. */
  static void print(CborValue value, StringBuilder text) {
    value.accept(new PythonLiteral(text));
  }

  @Override
  public StringBuilder visitNull(CborNull value) {
    return text.append("None");
  }

  @Override
  public StringBuilder visitBoolean(CborBoolean value) {
    return text.append(value.value() ? "True" : "False");
  }

  @Override
  public StringBuilder visitInteger(CborInteger value) {
    return text.append(value.toBigInteger());
  }

  @Override
  public StringBuilder visitBytes(CborBytes value) {
    text.append("b'");
    Escapes.print(value.value().asByteBuffer(), text);
    return text.append('\'');
  }

  @Override
  public StringBuilder visitArray(CborArray value) {
    return items("[", value.items(), "]");
  }

  @Override
  public StringBuilder visitSet(CborSet value) {
    return value.members().isEmpty() ? text.append("set()") : items("{", value.members(), "}");
  }

  private StringBuilder items(String open, List<CborValue> items, String close) {
    text.append(open);
    String separator = "";
    for (CborValue item : items) {
      text.append(separator);
      item.accept(this);
      separator = ", ";
    }
    return text.append(close);
  }

  @Override
  public StringBuilder visitMap(CborMap value) {
    text.append('{');
    String separator = "";
    for (Entry<CborValue, CborValue> entry : value.entries()) {
      text.append(separator);
      entry.getKey().accept(this);
      text.append(": ");
      entry.getValue().accept(this);
      separator = ", ";
    }
    return text.append('}');
  }
}
