// SPDX-License-Identifier: Apache-2.0
package org.hgwire.core.cbor;

import java.util.List;

/** Counts the items of a value; as deep as containers may be nested. */
enum ItemCount implements CborValue.Visitor<Integer> {
  INSTANCE;

  @Override
  public Integer visitNull(CborNull value) {
    return 1;
  }

  @Override
  public Integer visitBoolean(CborBoolean value) {
    return 1;
  }

  @Override
  public Integer visitInteger(CborInteger value) {
    return 1;
  }

  @Override
  public Integer visitBytes(CborBytes value) {
    return 1;
  }

  @Override
  public Integer visitArray(CborArray value) {
    return 1 + sum(value.items());
  }

  @Override
  public Integer visitSet(CborSet value) {
    return 1 + value.members().size();
  }

  @Override
  public Integer visitMap(CborMap value) {
    int count = 1;
    for (var entry : value.entries()) {
      count += entry.getKey().itemCount() + entry.getValue().itemCount();
    }
    return count;
  }

  private static int sum(List<CborValue> items) {
    int count = 0;
    for (CborValue item : items) {
      count += item.itemCount();
    }
    return count;
  }
}
