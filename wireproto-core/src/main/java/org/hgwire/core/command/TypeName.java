// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.command;

import org.hgwire.core.cbor.CborArray;
import org.hgwire.core.cbor.CborBoolean;
import org.hgwire.core.cbor.CborBytes;
import org.hgwire.core.cbor.CborInteger;
import org.hgwire.core.cbor.CborMap;
import org.hgwire.core.cbor.CborNull;
import org.hgwire.core.cbor.CborSet;
import org.hgwire.core.cbor.CborValue;

/** Names the type of a value in errors. */
final class TypeName implements CborValue.Visitor<String> {
  private static final TypeName VISITOR = new TypeName();

  private TypeName() {}

  static String of(CborValue value) {
    return value.accept(VISITOR);
  }

  @Override
  public String visitNull(CborNull value) {
    return "null";
  }

  @Override
  public String visitBoolean(CborBoolean value) {
    return "a boolean";
  }

  @Override
  public String visitInteger(CborInteger value) {
    return "an integer";
  }

  @Override
  public String visitBytes(CborBytes value) {
    return "a byte string";
  }

  @Override
  public String visitArray(CborArray value) {
    return "an array";
  }

  @Override
  public String visitSet(CborSet value) {
    return "a set";
  }

  @Override
  public String visitMap(CborMap value) {
    return "a map";
  }
}
