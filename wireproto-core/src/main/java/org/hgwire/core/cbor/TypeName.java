// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

/** Names the type of a value: see {@link CborValue#typeName()}. */
enum TypeName implements CborValue.Visitor<String> {
  INSTANCE;

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
